using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Quizzes;
using BetterConnections.Training.Tests.Quizzes;
using BetterConnections.Training.Timetable;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Learners;

public class LearnerTests(TrainingApp training)
{
    private Task<Learner> ReadAsync(Guid id) => training.InDbAsync(db => db.Learners.SingleAsync(l => l.Id == id));

    [Fact]
    public async Task Five_hundred_workers_of_a_message_are_known_by_their_cards_once()
    {
        var site = Site.NotYetOpen(training);
        JoinedWorker[] workers = [.. Enumerable.Range(0, 500).Select(_ => new JoinedWorker(Guid.NewGuid(), $"W-{Guid.NewGuid():n}", ["ne", "en"]))];

        await training.DeliverAsync(new WorkersJoined(site.Id, workers, Site.In(-1)), times: 2);
        await training.DeliverAsync(new WorkersJoined(site.Id, workers, Site.In(-1))); // and once more as another message

        var known = await training.InDbAsync(db => db.Learners.Where(l => l.FacilityId == site.Id).ToListAsync());
        Assert.Equal(workers.Select(w => (w.WorkerId, w.Code)).Order(), known.Select(l => (l.Id, l.Code!)).Order());
        Assert.All(known, l => Assert.Equal(["ne", "en"], l.Languages));
        Assert.False(await training.InDbAsync(db => db.Set<InboxMessage>().AnyAsync(m => m.Queue == "training.join-learners-when-workers-joined"))); // they know without
    }

    [Fact]
    public async Task Who_moves_belongs_where_it_joined_last_whichever_message_comes_first()
    {
        var (before, after, worker) = (Guid.NewGuid(), Guid.NewGuid(), new JoinedWorker(Guid.NewGuid(), $"W-{Guid.NewGuid():n}", ["ta"]));

        await training.DeliverAsync(new WorkersJoined(after, [worker], Site.In(-1)));
        await training.DeliverAsync(new WorkersJoined(before, [worker], Site.In(-2)));

        Assert.Equal(after, (await ReadAsync(worker.WorkerId)).FacilityId);
    }

    [Fact]
    public async Task A_champion_is_one_also_when_it_is_named_before_it_is_known()
    {
        var (facility, worker) = (Guid.NewGuid(), new JoinedWorker(Guid.NewGuid(), $"W-{Guid.NewGuid():n}", ["ta"]));

        await training.DeliverAsync(new ChampionNamed(facility, worker.WorkerId, Site.In(-1)), times: 2);
        await training.DeliverAsync(new WorkersJoined(facility, [worker], Site.In(-2)));

        var learner = await ReadAsync(worker.WorkerId);
        Assert.Equal((worker.Code, facility, Site.In(-1).Hour), (learner.Code, learner.FacilityId, learner.ChampionSince!.Value.Hour));
    }

    [Fact]
    public async Task An_erased_volunteer_leaves_its_id_and_nothing_else_and_does_not_come_back()
    {
        var site = await Site.OpenAsync(training);
        var trainer = await site.TrainerAsync();
        var calendar = await trainer.Client.PostAsync<CreatedCalendar>("/api/training/calendars");
        var (toolkit, worker) = (await training.ToolkitAsync(Classroom.Topic()), (await site.WorkersAsync(1))[0]);
        var (own, entered) = (Guid.NewGuid(), Guid.NewGuid());
        await trainer.Client.PostOnceAsync("/api/training/quiz-attempts/mine", new { id = own, toolkitId = toolkit, module = "first", answers = QuizSteps.Right(5) }, $"{own}");
        await trainer.Client.PostAsync<AttemptResults>("/api/training/quiz-attempts",
            new { attempts = new[] { new { cardCode = worker.Code, id = entered, toolkitId = toolkit, module = "first", answers = QuizSteps.Right(5) } } });

        await training.DeliverAsync(new VolunteerScreened(trainer.Id, trainer.Account, ["en"], Site.In(-3), $"V-{trainer.Id:n}"));
        await training.DeliverAsync(new VolunteerErased(trainer.Id, Site.In(0)), times: 2);
        await training.DeliverAsync(new VolunteerScreened(trainer.Id, trainer.Account, ["en"], Site.In(-2), $"V-{trainer.Id:n}"), times: 2);
        await training.DeliverAsync(new AssignmentAccepted(Guid.NewGuid(), trainer.Id, trainer.Account, site.Id, AssignmentRoles.Trainer, ["en"], [Site.Basics], Site.In(0), Site.In(9), Site.In(-1)));

        var learner = await ReadAsync(trainer.Id);
        Assert.Null(learner.Account);
        Assert.Null(learner.Code);
        Assert.Empty(learner.Languages);
        Assert.False(await training.InDbAsync(db => db.CalendarFeeds.AnyAsync(f => f.Id == calendar.Id)));
        var by = await training.InDbAsync(db => db.QuizAttempts.Where(a => a.Id == own || a.Id == entered).Select(a => a.RecordedBy).ToListAsync());
        Assert.Equal([$"{trainer.Id}", $"{trainer.Id}"], by);
        Assert.False(await training.InDbAsync(db => db.Set<IdempotencyKey>().AnyAsync(k => k.Caller == trainer.Account)));
    }

    [Fact]
    public async Task Nothing_that_was_learned_leads_to_an_erased_worker_and_the_card_does_not_come_back()
    {
        var (site, certificate) = (Site.NotYetOpen(training), await training.CertifiedAsync());
        var (id, code) = (certificate.LearnerId, certificate.Holder);
        Assert.True(await StatementsOfAsync(code) > 0);
        await training.DeliverAsync(new ChampionNamed(site.Id, id, Site.In(-1)));

        await training.DeliverAsync(new WorkerErased(id, code, Site.In(0)), times: 2);
        await training.DeliverAsync(new WorkersJoined(site.Id, [new(id, code, ["ta"])], Site.In(1)));
        await training.DeliverAsync(new ChampionNamed(site.Id, id, Site.In(1)));
        await training.DeliverAsync(new WorkerConsentChanged(id, code, ConsentPurposes.Training, true, Site.In(1)));

        var learner = await ReadAsync(id);
        Assert.Equal((null, null, null), (learner.Code, learner.FacilityId, learner.ChampionSince));
        Assert.Empty(learner.Languages);
        var left = Assert.Single(await training.CertificatesOfAsync(id));
        Assert.Equal(($"{id}", certificate.Credential), (left.Holder, left.Credential));
        Assert.Equal(0, await StatementsOfAsync(code));
        Assert.True(await StatementsOfAsync($"{id}") > 0);
    }

    [Theory]
    [InlineData("JTG"), InlineData("JGT"), InlineData("TJG"), InlineData("TGJ"), InlineData("GJT"), InlineData("GTJ")]
    public async Task A_card_is_known_only_while_the_worker_consents_in_whatever_order_the_news_comes(string order)
    {
        var (facility, worker) = (Guid.NewGuid(), new JoinedWorker(Guid.NewGuid(), $"W-{Guid.NewGuid():n}", ["ta"]));
        WorkerConsentChanged Consent(bool given, double hours) => new(worker.WorkerId, worker.Code, ConsentPurposes.Training, given, Site.In(hours));

        foreach (var news in order)
        {
            if (news == 'J') await training.DeliverAsync(new WorkersJoined(facility, [worker], Site.In(-5)));
            else await training.DeliverAsync(Consent(given: news == 'G', news == 'G' ? -3 : -4), times: 2);
        }
        Assert.Equal((worker.Code, facility), (await ReadAsync(worker.WorkerId)) is var asked ? (asked.Code, asked.FacilityId) : default);

        await training.DeliverAsync(Consent(given: false, -2) with { Purpose = ConsentPurposes.Evaluation });
        Assert.Equal(worker.Code, (await ReadAsync(worker.WorkerId)).Code);
        await training.DeliverAsync(Consent(given: false, -2));
        await training.DeliverAsync(new WorkersJoined(facility, [worker], Site.In(-1), Moved: true));
        Assert.Null((await ReadAsync(worker.WorkerId)).Code);
    }

    private Task<int> StatementsOfAsync(string name) => training.InDbAsync(db =>
        db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from xapi_statements where statement::text like '%' || {name} || '%'").SingleAsync());

    [Fact]
    public async Task A_screened_volunteer_is_a_learner_with_an_account_and_a_number_whatever_else_is_heard_of_it()
    {
        var (id, account) = (Guid.NewGuid(), $"volunteer-{Guid.NewGuid():n}");

        await training.DeliverAsync(new AssignmentAccepted(Guid.NewGuid(), id, account, Guid.NewGuid(), AssignmentRoles.Trainer, ["en"], [], Site.In(0), Site.In(9), Site.In(-1)));
        await training.DeliverAsync(new VolunteerScreened(id, account, ["en", "ar"], Site.In(-1), $"V-{id:n}"), times: 2);
        await training.DeliverAsync(new AssignmentAccepted(Guid.NewGuid(), id, account, Guid.NewGuid(), AssignmentRoles.Trainer, ["en"], [], Site.In(0), Site.In(9), Site.In(-1)));

        var learner = await ReadAsync(id);
        Assert.Equal((LearnerKind.Volunteer, account, $"V-{id:n}"), (learner.Kind, learner.Account, learner.Code));
    }
}
