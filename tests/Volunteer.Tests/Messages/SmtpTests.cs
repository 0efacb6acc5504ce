using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BetterConnections.Volunteers.Tests.Messages;

/// <summary>The service with a mail server of its own.</summary>
public sealed class MailingVolunteerApp : VolunteerApp
{
    public SmtpServer Smtp { get; } = new();

    protected override IEnumerable<(string Name, string Value)> Settings =>
        [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{Smtp.Port}"), ("Mail:Tls", "false"), ("Mail:From", "volunteers@example.org")];
}

public class SmtpTests(MailingVolunteerApp volunteers) : IClassFixture<MailingVolunteerApp>
{
    private SmtpServer Smtp => volunteers.Smtp;

    private Task<Message> MessageAsync(Person person, Func<Message, bool> wanted) => Eventually.BecomesAsync(async () =>
        await volunteers.InDbAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.VolunteerId == person.Id)), wanted);

    private IEnumerable<string> Received(Person person) => Smtp.Accepted.Where(m => m.To == person.Details.Email).Select(m => m.Content);

    [Fact]
    public async Task A_message_in_Arabic_arrives_as_it_was_worded()
    {
        var person = await volunteers.ScreenedAsync(Steps.Details("أمينة علي", messageLanguage: "ar"));
        var message = await MessageAsync(person, m => m.State == MessageState.Sent);

        var content = Assert.Single(Received(person));
        var (headers, body) = (content[..content.IndexOf("\n\n", StringComparison.Ordinal)], content[content.IndexOf("\n\n", StringComparison.Ordinal)..]);
        Assert.Contains($"Message-ID: <{message.Id}@example.org>", headers);
        Assert.Contains("مرحباً بك في Better Connections", Decoded(headers));
        Assert.Contains("أمينة علي،", Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\n", ""))));
    }

    [Fact]
    public async Task While_the_server_is_away_a_message_waits_and_then_goes_out_once()
    {
        await Smtp.DownAsync();
        var person = await volunteers.ScreenedAsync();
        var waiting = await MessageAsync(person, m => m.Attempts > 0);
        Assert.Equal(MessageState.Waiting, waiting.State);
        Assert.NotNull(waiting.LastError);

        Smtp.Up();
        volunteers.Clock.Advance(TimeSpan.FromMinutes(1));
        await MessageAsync(person, m => m.State == MessageState.Sent);
        await SendAsync();
        Assert.Single(Received(person));
    }

    [Fact]
    public async Task A_server_that_hangs_up_before_its_answer_gets_the_message_again()
    {
        Smtp.Dropping = 1;
        var person = await volunteers.ScreenedAsync();
        await MessageAsync(person, m => m.Attempts > 0);
        volunteers.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, (await MessageAsync(person, m => m.State == MessageState.Sent)).Attempts);
        Assert.Single(Received(person));
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_given_up_for_all_to_see_and_can_be_tried_again()
    {
        var details = Steps.Details();
        Smtp.Unknown[details.Email] = true;
        var person = await volunteers.ScreenedAsync(details);
        var failed = await MessageAsync(person, m => m.State == MessageState.Failed);
        Assert.Equal(HealthStatus.Degraded, (await volunteers.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["messages"].Status);

        Smtp.Unknown.Clear();
        var office = volunteers.As(Roles.ProgrammeOffice);
        var seen = await office.GetAsync<Postgres.Page<MessageView>>($"/api/volunteer/messages?state=Failed&volunteerId={person.Id}");
        Assert.Equal(failed.LastError, Assert.Single(seen.Items).LastError);
        await office.PostAsync<MessageState>($"/api/volunteer/messages/{failed.Id}/retry");
        await MessageAsync(person, m => m.State == MessageState.Sent);
        await office.PostAsync($"/api/volunteer/messages/{failed.Id}/retry", new { }).RefusesAsync(HttpStatusCode.Conflict, "message_not_failed");
    }

    [Fact]
    public async Task Senders_that_work_at_once_send_each_message_once()
    {
        var people = new List<Person>();
        for (var i = 0; i < 8; i++) people.Add(await volunteers.ScreenedAsync());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync()));

        foreach (var person in people)
        {
            await MessageAsync(person, m => m.State == MessageState.Sent);
            Assert.Single(Received(person));
        }
    }

    private Task SendAsync() => volunteers.Services.GetRequiredService<MessageSender>().SendDueAsync(CancellationToken.None);

    /// <summary>Unfolds the header and reads its encoded words (RFC 2047).</summary>
    private static string Decoded(string headers) => Encoding.UTF8.GetString([.. Regex.Matches(
        headers[headers.IndexOf("Subject:", StringComparison.Ordinal)..], @"=\?utf-8\?B\?([^?]*)\?=", RegexOptions.IgnoreCase).SelectMany(m => Convert.FromBase64String(m.Groups[1].Value))]);
}
