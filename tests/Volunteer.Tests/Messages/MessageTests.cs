using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Certifications;
using BetterConnections.Volunteers.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Volunteers.Tests.Messages;

public class MessageTests(VolunteerApp volunteers)
{
    [Fact]
    public void Every_template_is_there_in_both_languages_with_the_same_placeholders()
    {
        Assert.Contains(Templates.Note, Templates.All);
        foreach (var template in Templates.All)
        {
            var placeholders = Templates.Placeholders(template);
            foreach (var language in Templates.Languages)
            {
                Assert.Equal(placeholders.Order(), Templates.Placeholders(template, language).Order());
                var values = placeholders.Concat(Templates.FilledInEverywhere).ToDictionary(p => p, p => $"<{p}>");
                var (subject, text) = Templates.Render(template, language, values);
                Assert.DoesNotContain("{", subject + text);
                Assert.Contains("<name>", text);
            }
        }
    }

    [Fact]
    public void A_role_is_named_in_the_language_of_the_message()
    {
        var values = new Dictionary<string, string> { ["name"] = "n", ["number"] = "V", ["programme"] = "p", ["facility"] = "F0001", ["role"] = "trainer", ["starts"] = "s", ["ends"] = "e", ["until"] = "u" };
        Assert.Contains("As: trainer", Templates.Render(Templates.AssignmentOffered, "en", values).Text);
        Assert.Contains("الدور: مدرب", Templates.Render(Templates.AssignmentOffered, "ar", values).Text);
    }

    [Fact]
    public void A_message_without_what_its_template_asks_for_is_not_written() =>
        Assert.Throws<ArgumentException>(() => Message.Create(Guid.NewGuid(), Templates.Note, volunteers.Clock.GetUtcNow(), new Dictionary<string, string> { ["text"] = "x" }));

    [Fact]
    public void Pauses_grow_to_an_hour_and_a_day_in_vain_is_the_end()
    {
        var now = volunteers.Clock.GetUtcNow();
        var message = Message.Create(Guid.NewGuid(), Templates.ApplicationAccepted, now, new Dictionary<string, string>());
        var (begun, last) = (now, TimeSpan.Zero);
        while (message.State == MessageState.Waiting)
        {
            message.NotSent("away", forGood: false, now);
            Assert.InRange(message.DueAt - now, last, TimeSpan.FromHours(1));
            (last, now) = (message.DueAt - now, message.DueAt);
        }
        Assert.Equal(MessageState.Failed, message.State);
        Assert.InRange(now - begun, TimeSpan.FromHours(20), TimeSpan.FromHours(30));
    }

    [Fact]
    public async Task Without_a_mail_server_messages_are_stored_for_the_programme_office_and_read_by_their_volunteer()
    {
        var person = await volunteers.ScreenedAsync();
        await volunteers.Services.GetRequiredService<MessageSender>().SendDueAsync(CancellationToken.None);
        await Eventually.BecomesAsync(() => volunteers.InDbAsync(db => db.Messages.Where(m => m.VolunteerId == person.Id).Select(m => m.State).SingleAsync()),
            state => state == MessageState.Stored);

        var office = volunteers.As(Roles.ProgrammeOffice);
        var mail = await volunteers.InDbAsync(db => db.Set<SentMail>().SingleAsync(m => m.VolunteerId == person.Id));
        Assert.Equal(person.Details.Email, mail.To);
        Assert.Contains($"Dear {person.Details.Name},", mail.Text);
        Assert.NotEmpty((await office.GetAsync<Postgres.Page<SentMailView>>("/api/volunteer/sent-mail")).Items);

        var own = await person.Client.GetAsync<Postgres.Page<OwnMessage>>(Steps.Me + "/messages");
        Assert.Equal((mail.Subject, mail.Text), (Assert.Single(own.Items).Subject, own.Items[0].Text));
        foreach (var role in new[] { Roles.Operator, Roles.Volunteer, Roles.TrainingPartner })
            await volunteers.As(role).GetAsync("/api/volunteer/sent-mail").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await volunteers.As(Roles.Operator).GetAsync("/api/volunteer/messages").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_certificate_that_expires_soon_is_told_once_unless_it_was_renewed()
    {
        var now = volunteers.Clock.GetUtcNow();
        var (expiring, renewed, lasting) = (await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync());
        foreach (var (person, days) in new[] { (expiring, 20), (renewed, 20), (renewed, 400), (lasting, 40) })
            await volunteers.DeliverAsync(new VolunteerCertified(person.Id, Guid.NewGuid(), ["computer-basics"], now.AddDays(days), now));

        var reminders = volunteers.Services.GetRequiredService<ExpiryReminders>();
        await Task.WhenAll(reminders.TellAsync(CancellationToken.None), reminders.TellAsync(CancellationToken.None));

        Guid[] people = [expiring.Id, renewed.Id, lasting.Id];
        var told = await volunteers.InDbAsync(db => db.Messages.Where(m => people.Contains(m.VolunteerId) && m.Template == Templates.CertificateExpiring).ToListAsync());
        Assert.Equal(expiring.Id, Assert.Single(told).VolunteerId);
        Assert.Contains(new ProgrammeSettings().Date(now.AddDays(20)), told[0].Values);
    }
}
