using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Certifications;
using BetterConnections.Volunteers.Messages;
using BetterConnections.Volunteers.Openings;
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
        Assert.Throws<ArgumentException>(() => Message.Create(Guid.NewGuid(), Templates.Note, volunteers.Clock.GetUtcNow(), new Dictionary<string, object> { ["text"] = "x" }));

    [Fact]
    public void Pauses_grow_to_an_hour_and_a_day_in_vain_is_the_end()
    {
        var now = volunteers.Clock.GetUtcNow();
        var message = Message.Create(Guid.NewGuid(), Templates.ApplicationAccepted, now, new Dictionary<string, object>());
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
    public async Task Who_monitors_a_facility_is_reminded_of_the_interviews_to_be_held_there()
    {
        var (monitor, offered, trainer, now) = (await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync(), volunteers.Clock.GetUtcNow());
        var opening = await volunteers.OpeningAsync(people: 2);
        await volunteers.AssignAsync(opening, monitor, volunteers.Shift(48), volunteers.Shift(96));
        await volunteers.OfferAsync(opening, offered);
        await volunteers.AssignAsync(await volunteers.OpeningAsync(AssignmentRole.Installer, facility: opening.FacilityId), trainer);
        var due = new InterviewsDue(Guid.NewGuid(), "2026H2", opening.FacilityId, 12, volunteers.In(72), now);

        await volunteers.DeliverAsync(due, times: 2);
        await volunteers.DeliverAsync(due with { Closes = now.AddHours(-1) }); // over by now
        await volunteers.DeliverAsync(due with { FacilityId = Guid.NewGuid() });

        var told = await volunteers.InDbAsync(db => db.Messages.Where(m => m.Template == Templates.InterviewsDue && new[] { monitor.Id, offered.Id, trainer.Id }.Contains(m.VolunteerId)).ToListAsync());
        Assert.Equal(monitor.Id, Assert.Single(told).VolunteerId);
        Assert.Contains((await monitor.Client.GetAsync<Postgres.Page<OwnMessage>>(Steps.Me + "/messages")).Items, m => m.Text.Contains(": 12"));
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
        var own = await expiring.Client.GetAsync<Postgres.Page<OwnMessage>>(Steps.Me + "/messages");
        Assert.Equal($"Your certificate expires on {new ProgrammeSettings().Date(now.AddDays(20))}", own.Items[0].Subject);
    }

    [Fact]
    public async Task Offers_and_cancellations_are_told_with_times_on_the_programmes_clocks()
    {
        var person = await volunteers.ScreenedAsync();
        var shift = volunteers.Shift();
        var assignment = await volunteers.AssignAsync(await volunteers.OpeningAsync(), person, shift);
        await volunteers.Office().PostAsync<AssignmentView>($"{WorkSteps.Assignments}/{assignment.Id}/cancel", new { why = "the room is painted" });

        var own = (await person.Client.GetAsync<Postgres.Page<OwnMessage>>(Steps.Me + "/messages")).Items;
        Assert.Equal([$"Your assignment at facility {assignment.FacilityCode} is called off", $"Would you help at facility {assignment.FacilityCode}?"], own.Take(2).Select(m => m.Subject));
        Assert.Contains("the room is painted", own[0].Text);
        Assert.Contains($"From: {shift.Starts.ToOffset(TimeSpan.FromHours(3)):yyyy-MM-dd HH:mm}", own[1].Text);
    }

    [Fact]
    public async Task Who_steps_back_is_not_told_so()
    {
        var person = await volunteers.ScreenedAsync();
        var assignment = await volunteers.AssignAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(72));
        await person.Client.PostAsync<AssignmentView>($"{WorkSteps.Assignments}/{assignment.Id}/withdraw", new { why = "an exam" });

        Assert.False(await volunteers.InDbAsync(db => db.Messages.AnyAsync(m => m.VolunteerId == person.Id && m.Template == Templates.AssignmentCancelled)));
    }

    [Fact]
    public async Task A_note_goes_once_to_everyone_who_has_accepted_there_and_to_nobody_else()
    {
        var (here, twice, offered, elsewhere) = (await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync(), await volunteers.ScreenedAsync());
        var opening = await volunteers.OpeningAsync(people: 3);
        var other = await volunteers.OpeningAsync(AssignmentRole.Inspector, facility: opening.FacilityId);
        await volunteers.AssignAsync(opening, here);
        var one = await volunteers.AssignAsync(opening, twice);
        await volunteers.AssignAsync(other, twice, volunteers.Shift(96));
        await volunteers.OfferAsync(opening, offered);
        await volunteers.AssignAsync(await volunteers.OpeningAsync(), elsewhere);
        var office = volunteers.As(Roles.TrainingPartner);

        Assert.Equal(2, (await office.PostAsync<NoteWritten>(Note, new { subject = "Parking", text = "Use gate 3.", facilityId = opening.FacilityId })).Volunteers);
        Assert.Equal(2, (await office.PostAsync<NoteWritten>(Note, new { subject = "Keys", text = "At the desk.", openingId = opening.Id })).Volunteers);
        Assert.Equal(1, (await office.PostAsync<NoteWritten>(Note, new { subject = "Hours", text = "Please be early.", assignmentId = one.Id })).Volunteers);

        Assert.Equal((2, 3, 0, 0), (await NotesAsync(here), await NotesAsync(twice), await NotesAsync(offered), await NotesAsync(elsewhere)));
        await office.PostAsync(Note, new { subject = "Nobody", text = "hears this", facilityId = Guid.NewGuid() }).RefusesAsync(HttpStatusCode.Conflict, "nobody_assigned");
        await office.PostAsync(Note, new { subject = "To whom", text = "is this" }).RefusesAsync(HttpStatusCode.BadRequest, "one_target_required");
        await office.PostAsync(Note, new { subject = "", text = "" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await here.Client.PostAsync(Note, new { subject = "Hello", text = "from me", facilityId = opening.FacilityId }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private const string Note = "/api/volunteer/messages";

    private Task<int> NotesAsync(Person person) => volunteers.InDbAsync(db => db.Messages.CountAsync(m => m.VolunteerId == person.Id && m.Template == Templates.Note));
}
