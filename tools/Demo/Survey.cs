namespace BetterConnections.Demo;

/// <summary>
/// Waves before and after the training, in the same hour instead of months apart, with respondents who are simulated (<see cref="Effect"/>).
/// Facilities that still wait are asked in the same waves, to compare with.
/// </summary>
internal sealed class Survey(People people, FieldTeams teams)
{
    public const string Baseline = "demo-baseline", Endline = "demo-endline", FollowUp = "demo-follow-up";
    private const int PerFacility = 6, PerWaiting = 12, Monitored = 12, FollowedUpEvery = 2;
    private const string AnalysisPlan = """
        Headline tests of indicators 2, 4, 5, 6a, 6b, 10 and 11, corrected by Holm at 0.05; everything else is exploratory (Benjamini and Hochberg).
        Facilities are the clusters. What the programme itself does is the difference in differences against facilities that still wait.
        The respondents are simulated.
        """;
    private readonly Dictionary<string, HashSet<string>> _expected = [];
    private IReadOnlyList<Respondent> _respondents = [], _waiting = [];

    /// <summary>Interviews that a phone was told were stored, without those that an edit replaced.</summary>
    public int Interviews => _expected.Values.Sum(e => e.Count);

    public async Task AskBeforeAsync()
    {
        await OpenAsync(Baseline, "Baseline", ["I1", "I7"]);
        var sample = await people.Evaluator.PostAsync($"/api/evaluation/waves/{Baseline}/samples", new { perCluster = PerFacility, stratifiedBy = "Zone", seed = 20261122 });
        Story.Tell($"wave {Baseline} opened, flagged simulated; {sample.Number("respondents")} of {sample.Number("frameWorkers")} workers drawn at {sample.Number("facilities")} facilities, with a seed");
        await teams.All.AtOnceAsync(t => t.Phone.UpdateAsync());
        _respondents = await DrawnAsync();
        _waiting = [.. teams.Waiting.SelectMany((facility, place) => Enumerable.Range(0, PerWaiting).Select(number => AtWaiting(facility, place, number)))];
        Story.Tell($"{_waiting.Count} others are asked at the {teams.Waiting.Count} facilities that still wait, to compare with");

        var willing = _respondents.Where(r => r.Agrees(after: false)).ToList();
        var (twice, corrected, late) = (willing[0], willing[1], willing[^1]);
        var kept = Fill(late, FieldTeams.Baseline, after: false);
        await AskAsync(FieldTeams.Baseline, _respondents.Except([corrected, late]).Concat(_waiting), after: false);
        await MonitorAsync(after: false);
        await AskTwiceAsync(twice);
        await CorrectAsync(corrected);
        await CloseAsync(Baseline);
        await SendAsync(late.FacilityCode, FieldTeams.Baseline, kept);
        await FreezeAsync(Baseline, "one interview came after the end from a phone without a network: taken, and marked late");
    }

    public async Task AskAfterAsync()
    {
        await OpenAsync(Endline, "Endline", ["I1", "I2", "I6", "I7"]); // who waits has had no training, and is asked the same as before
        await people.Evaluator.PostAsync($"/api/evaluation/waves/{Endline}/samples/panel", new { wave = Baseline });
        var found = _respondents.Where(r => r.IsFoundAgain).ToList();
        await AskAsync(FieldTeams.Endline, found, after: true);
        await AskAsync(FieldTeams.Baseline, _waiting.Where(r => r.IsFoundAgain), after: true);
        await MonitorAsync(after: true);
        await teams.Open.Take(Monitored).AtOnceAsync(f => SendAsync(f, FieldTeams.Employer, Form(f, FieldTeams.Employer).Fill(new Observer(f, after: true).Answer)));
        await CloseAsync(Endline);
        await FreezeAsync(Endline, $"{_respondents.Count - found.Count} of {_respondents.Count} were not found again");

        await OpenAsync(FollowUp, "FollowUp", ["I3"]);
        await people.Evaluator.PostAsync($"/api/evaluation/waves/{FollowUp}/samples/panel", new { wave = Baseline });
        await AskAsync(FieldTeams.FollowUp, found.Where((_, i) => i % FollowedUpEvery == 0), after: true);
        await CloseAsync(FollowUp);
        await FreezeAsync(FollowUp, "half of those found");
    }

    /// <summary>What phones were told is stored is stored, each once; what was repeated, corrected, late or asked twice is known as that.</summary>
    public async Task CheckAsync()
    {
        foreach (var (form, expected) in _expected)
        {
            var kept = await people.Evaluator.ListAsync($"/api/evaluation/submissions?formId={form}");
            Story.Expect(kept.Count == expected.Count && expected.SetEquals(kept.Select(s => s.Text("instanceId"))), $"every acknowledged interview of {form} is kept once");
            if (form != FieldTeams.Baseline) continue;
            Story.Expect(kept.Count(s => s.GetProperty("duplicate").GetBoolean()) == 1, "a worker who was asked twice is noticed");
            Story.Expect(kept.Count(s => s.GetProperty("late").GetBoolean()) == 1, "what came after the end is marked late");
            Story.Expect(kept.Count(s => s.GetProperty("originalId").ValueKind != System.Text.Json.JsonValueKind.Null) == 1, "a correction stands for what it corrects");
        }
        Story.Tell($"all {Interviews} interviews that phones were told are stored are there, each once");
    }

    private async Task OpenAsync(string wave, string kind, string[] instruments)
    {
        var opens = DateTimeOffset.UtcNow.AddHours(1); // and earlier by hand
        await people.Evaluator.PostAsync("/api/evaluation/waves",
            new { code = wave, kind, simulated = true, plan = new { instruments, opens, closes = opens.AddDays(14), facilities = teams.Everywhere, includesWaiting = true } });
        await people.Evaluator.PostAsync($"/api/evaluation/waves/{wave}/analysis-plans", new { text = AnalysisPlan });
        await people.Evaluator.PostAsync($"/api/evaluation/waves/{wave}/open");
    }

    private Task CloseAsync(string wave) => people.Evaluator.PostAsync($"/api/evaluation/waves/{wave}/close");

    private async Task FreezeAsync(string wave, string remark)
    {
        var snapshot = await people.Evaluator.PostAsync($"/api/evaluation/waves/{wave}/freeze");
        Story.Tell($"{wave} frozen with {snapshot.Number("submissions")} interviews as {snapshot.Text("sha256")[..12]}…; {remark}");
    }

    /// <summary>The sample, found by their cards on the phone of their team. Numbers go by facility, so that a run is like the one before.</summary>
    private async Task<IReadOnlyList<Respondent>> DrawnAsync()
    {
        var members = await people.Evaluator.ListAsync($"/api/evaluation/waves/{Baseline}/samples/1/members");
        var cards = teams.All.SelectMany(t => t.Phone.Form(FieldTeams.Baseline).Pseudonyms).ToDictionary(p => p.Value, p => p.Key);
        return [.. members.GroupBy(m => m.Text("facility")).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany((facility, place) => facility.Select((m, number) => new Respondent(cards[m.Text("respondent")], facility.Key, place, number)))];
    }

    /// <summary>Who is not yet a worker of the programme has no card, but a slip from the interviewer, numbered as the form says.</summary>
    private Respondent AtWaiting(string facility, int place, int number) => new($"{facility}-{number + 1}", facility, teams.Open.Count + place, number, waits: true);

    private Task AskAsync(string form, IEnumerable<Respondent> respondents, bool after) =>
        respondents.AtOnceAsync(r => SendAsync(r.FacilityCode, form, Fill(r, form, after)), hands: 10);

    private Task MonitorAsync(bool after) =>
        teams.Open.Take(Monitored).AtOnceAsync(f => SendAsync(f, FieldTeams.Checklist, Form(f, FieldTeams.Checklist).Fill(new Observer(f, after).Answer)));

    /// <summary>By another team, whose phone besides did not hear that its interview was stored and sends it again.</summary>
    private async Task AskTwiceAsync(Respondent respondent)
    {
        var interview = await SendAsync(respondent.FacilityCode, FieldTeams.Baseline, Fill(respondent, FieldTeams.Baseline, after: false));
        await SendAsync(respondent.FacilityCode, FieldTeams.Baseline, interview);
    }

    private async Task CorrectAsync(Respondent respondent)
    {
        const string form = FieldTeams.Baseline;
        var wrong = await SendAsync(respondent.FacilityCode, form, Form(respondent.FacilityCode, form)
            .Fill((item, choices) => item == "BG2" ? "55plus" : respondent.Answer(item, choices, after: false)));
        await SendAsync(respondent.FacilityCode, form, Form(respondent.FacilityCode, form)
            .Fill((item, choices) => item == "BG2" ? "25-34" : respondent.Answer(item, choices, after: false), edits: wrong.InstanceId));
        _expected[form].Remove(wrong.InstanceId);
    }

    private SurveyForm Form(string facility, string form) => teams.Of(facility).Phone.Form(form);

    private Interview Fill(Respondent respondent, string form, bool after) =>
        Form(respondent.FacilityCode, form).Fill((item, choices) => respondent.Answer(item, choices, after));

    private async Task<Interview> SendAsync(string facility, string form, Interview interview)
    {
        await teams.Of(facility).Phone.SendAsync(interview);
        lock (_expected) (_expected.TryGetValue(form, out var ids) ? ids : _expected[form] = []).Add(interview.InstanceId);
        return interview;
    }
}

/// <summary>Who looks at a facility, and its employer: what they say has no effect behind it.</summary>
internal sealed class Observer(string facility, bool after)
{
    public string? Answer(string item, IReadOnlyList<string> choices) => item switch
    {
        "facility" => facility,
        "OB1" or "EM1" => after ? "42" : "40",
        "OB2" => "10",
        "OB3" => after ? "9" : "10",
        "OB4" => "7",
        "OB8" => "35.5",
        "OB9" => "12",
        "EM3" => "1",
        "EM4" => "2.5",
        _ => choices.FirstOrDefault(),
    };
}
