using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BetterConnections.Messaging.Tests;

/// <summary>An exception leaves by OTLP with its type and where it was thrown, never with what it says.</summary>
public sealed class ExceptionTextTests : MessagingTest
{
    private const string Person = "ali.hassan@example.org";

    [Fact]
    public async Task What_a_consumer_trips_over_is_in_no_trace_and_no_log()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var service = await NotesService.StartAsync(Database, Broker.Address, settings: receiver.Settings))
        {
            await service.CommitAsync(Closed($"it trips over {Person}"));
            await Eventually.BecomesAsync(() => service.Queues.StateAsync(CancellationToken.None), q => q.Single().Failed == 1);
            Assert.Contains(service.Logs.Lines, l => l.Contains(Person)); // so there is something to hold back
        }

        Assert.True(receiver.Has("/v1/traces", "notes.write-note-when-facility-closed"));
        Assert.True(receiver.Has("/v1/logs", typeof(RuleBroken).FullName!));
        Assert.True(receiver.Has("/v1/logs", $"{nameof(WriteNoteWhenFacilityClosed)}.{nameof(WriteNoteWhenFacilityClosed.Consume)}"));
        Assert.False(receiver.Has(null, Person));
    }

    [Fact]
    public async Task What_the_database_could_not_read_is_in_no_trace_and_no_log()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var service = await NotesService.StartAsync(Database, Broker.Address, settings: receiver.Settings))
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => service.InDbAsync(db => db.Database.SqlQuery<int>($"select {Person}::text::int as \"Value\"").ToListAsync()));
            service.Services.GetRequiredService<ILogger<ExceptionTextTests>>().LogError(new AggregateException(refused), "No number");
            Assert.Contains(Person, refused.ToString());
        }

        Assert.True(receiver.Has("/v1/traces", PostgresErrorCodes.InvalidTextRepresentation));
        Assert.True(receiver.Has("/v1/logs", "because of Npgsql.PostgresException"));
        Assert.False(receiver.Has(null, Person));
    }

    [Fact]
    public async Task The_row_that_the_database_refused_is_not_even_told_to_the_service()
    {
        await using var service = await StartAsync();
        await service.InDbAsync(db => db.Database.ExecuteSqlAsync($"create unique index one_each on notes (text)"));
        await service.InDbAsync(db => WriteAsync(db));

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => service.InDbAsync(db => WriteAsync(db)));

        Assert.Equal(PostgresErrorCodes.UniqueViolation, Assert.IsType<PostgresException>(refused.InnerException).SqlState);
        Assert.DoesNotContain(Person, refused.ToString());

        static Task<int> WriteAsync(NotesDb db)
        {
            db.Add(new Note { FacilityId = Guid.NewGuid(), Text = Person });
            return db.SaveChangesAsync();
        }
    }
}
