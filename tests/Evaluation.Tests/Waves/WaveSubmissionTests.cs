using BetterConnections.Evaluation.Tests.OpenRosa;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Waves;

/// <summary>Which wave an interview belongs to, and when it is late.</summary>
public class WaveSubmissionTests(EvaluationApp evaluation)
{
    private DateTimeOffset Now => evaluation.Clock.GetUtcNow();

    [Fact]
    public async Task An_interview_belongs_to_the_wave_that_asks_its_instrument_there_and_then()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(2);
        var elsewhere = await survey.AddFacilityAsync($"Zone {Guid.NewGuid():n}", 1);
        var wave = await survey.OpenAsync();
        var place = survey.Places[0];

        var inside = await survey.SubmitAsync(place, place.Workers[0]);
        var otherForm = await survey.SubmitAsync(place, place.Workers[0], form: "bc-worker-endline");
        var otherPlace = await survey.SubmitAsync(elsewhere, elsewhere.Workers[0]);
        var before = await survey.SubmitAsync(place, place.Workers[1], ended: Now.AddHours(-20));

        Assert.Equal((wave.Id, false, false), (inside.WaveId, inside.Late, inside.Duplicate));
        Assert.Null(otherForm.WaveId);
        Assert.Null(otherPlace.WaveId);
        Assert.Null(before.WaveId);
        Assert.True((await survey.SubmitAsync(place, place.Workers[0])).Duplicate);
    }

    [Fact]
    public async Task An_interview_held_in_time_that_arrives_after_closing_is_accepted_and_late()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(2);
        var wave = await survey.OpenSinceAsync(TimeSpan.FromHours(5));
        var place = survey.Places[0];
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        var heldInTime = await survey.SubmitAsync(place, place.Workers[0], ended: Now.AddHours(-1));
        var heldInGrace = await survey.SubmitAsync(place, place.Workers[1]);

        Assert.Equal((wave.Id, true), (heldInTime.WaveId, heldInTime.Late));
        Assert.Equal((wave.Id, true), (heldInGrace.WaveId, heldInGrace.Late));
    }

    [Fact]
    public async Task What_came_before_its_wave_was_known_is_taken_in_when_it_opens()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        var place = survey.Places[0];
        var early = await survey.SubmitAsync(place, place.Workers[0]);
        Assert.Null(early.WaveId);

        var wave = await survey.OpenSinceAsync(TimeSpan.FromHours(1));

        Assert.Equal(wave.Id, (await survey.StoredAsync(early.Id)).WaveId);
    }

    [Fact]
    public async Task A_correction_long_after_the_wave_still_belongs_to_it()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        var wave = await survey.OpenAsync();
        var place = survey.Places[0];
        var first = await survey.SubmitAsync(place, place.Workers[0]);

        var edit = await survey.SubmitAsync(place, place.Workers[0], ended: Now.AddHours(-23), deprecates: first.InstanceId);

        Assert.Equal(wave.Id, edit.WaveId);
    }

    [Fact]
    public async Task A_correction_that_arrives_after_closing_is_late_though_the_interview_came_in_time()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        var wave = await survey.OpenSinceAsync(TimeSpan.FromHours(5));
        var place = survey.Places[0];
        var first = await survey.SubmitAsync(place, place.Workers[0]);
        var inTime = await survey.SubmitAsync(place, place.Workers[0], ended: Now.AddHours(-23), deprecates: first.InstanceId);
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        var after = await survey.SubmitAsync(place, place.Workers[0], ended: Now.AddHours(-23), deprecates: inTime.InstanceId);

        Assert.Equal((wave.Id, false), (inTime.WaveId, inTime.Late));
        Assert.Equal((wave.Id, true), (after.WaveId, after.Late));
    }

    [Fact]
    public async Task A_phone_whose_clock_is_years_off_is_believed_by_when_it_sent()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        var wave = await survey.OpenAsync();
        var place = survey.Places[0];

        var submission = await survey.SubmitAsync(place, place.Workers[0], ended: Now.AddYears(-6));

        Assert.Equal((wave.Id, true), (submission.WaveId, submission.ClockOff));
    }

    [Fact]
    public async Task So_is_a_phone_by_whose_clock_nobody_had_its_address_yet_though_the_form_is_older()
    {
        var (code, form) = await Forms.PublishAsync(evaluation);
        await evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($"update instrument_versions set published_at = {Now.AddYears(-3)} where form_id = {form}"));
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        var (wave, place, field) = (await survey.OpenAsync(survey.Plan(instruments: [code])), survey.Places[0], await FieldWork.PrepareAsync(evaluation));
        var (_, phone) = await field.IssueAsync([form], [place.Code]);

        var sent = await field.FillAsync(form, facility: place.Code, slow: TimeSpan.FromDays(700));
        var edit = await field.FillAsync(form, facility: place.Code, edits: sent.InstanceId, slow: TimeSpan.FromDays(3)); // of what another may have asked before

        foreach (var text in (string[])[sent.Xml, edit.Xml]) Assert.True((await phone.SubmitAsync(text)).IsSuccess);
        var stored = await evaluation.InDbAsync(db => db.Submissions.Where(s => s.FacilityId == place.Id).OrderBy(s => s.Id).ToListAsync());
        Assert.Equal([(wave.Id, true), (wave.Id, false)], stored.Select(s => (s.WaveId!.Value, s.ClockOff)));
    }
}
