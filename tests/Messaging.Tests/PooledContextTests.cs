using BetterConnections.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace BetterConnections.Messaging.Tests;

public sealed class PooledContextTests : MessagingTest
{
    [Fact]
    public async Task Who_gets_a_context_again_finds_nothing_of_who_had_it_before()
    {
        await using var service = await StartAsync(relays: false);
        var seen = new List<NotesDb>();
        for (var i = 0; i < 3; i++)
            await service.InDbAsync(async db =>
            {
                Assert.Null(db.Database.GetCommandTimeout());
                Assert.True(db.Database.AutoSavepointsEnabled);
                Assert.Null(db.Database.CurrentTransaction);
                Assert.Empty(db.ChangeTracker.Entries());
                seen.Add(db);

                db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
                db.Database.AutoSavepointsEnabled = false;
                await db.Database.BeginTransactionAsync(); // and left open
                db.Add(new Note { FacilityId = Guid.NewGuid(), Text = "never saved" });
                await db.SaveChangesAsync();
                return 0;
            });
        Assert.True(seen.Distinct().Count() < seen.Count, "No context was had twice.");
        Assert.Equal(0, await service.InDbAsync(db => db.Notes.CountAsync()));
    }

    [Fact]
    public async Task A_statement_of_a_request_ends_after_five_seconds_and_others_go_on()
    {
        await using var service = await StartAsync(relays: false);
        var requests = service.Services.GetRequiredService<IHttpContextAccessor>();
        Task<int> Sleep() => service.InDbAsync(db => db.Database.ExecuteSqlAsync($"select pg_sleep(5.5)"));

        var other = Sleep();
        await using var scope = service.Services.CreateAsyncScope();
        requests.HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        await Assert.ThrowsAsync<NpgsqlException>(Sleep);
        await other;
    }
}
