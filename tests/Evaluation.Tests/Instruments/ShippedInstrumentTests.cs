using System.Security.Cryptography;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Instruments;

public class ShippedInstrumentTests(EvaluationApp evaluation)
{
    public static readonly IReadOnlyList<InstrumentDefinition> Shipped = ShippedInstruments.Read();

    [Fact]
    public void The_seven_instruments_ship_without_a_problem_in_English_and_Arabic()
    {
        Assert.Equal(["I1", "I2", "I3", "I4", "I5", "I6", "I7"], Shipped.Select(i => i.Code));
        foreach (var instrument in Shipped)
        {
            Assert.Empty(Linter.Check(instrument, new(instrument, ShippedIndicators.Read(), [])));
            Assert.Equal(["en", "ar"], instrument.Languages);
        }
    }

    [Fact]
    public void The_core_items_are_the_same_in_the_three_waves_so_that_they_pair()
    {
        string[] cores = [.. Shipped.Take(3).Select(i => JsonSerializer.Serialize(i.Placed().Select(p => p.Item).Where(IsCore)))];
        Assert.All(cores, core => Assert.Equal(cores[0], core));
        Assert.Equal(38, Shipped[0].Placed().Count(p => IsCore(p.Item)));

        static bool IsCore(Item item) => item.Items is null
            && item.Name[..2] is "AC" or "LM" or "FI" or "EN" or "CD" or "CI" or "SK" or "AI" or "SC" or "IU" or "WB";
    }

    [Fact]
    public void Every_indicator_has_items_and_a_person_is_asked_for_consent_before_anything_but_the_place()
    {
        var fed = Shipped.SelectMany(i => i.Placed()).SelectMany(p => p.Item.Indicators ?? []).ToHashSet();
        Assert.Equal(Indicators.Names.Keys.Order(), fed.Order());

        foreach (var instrument in Shipped.Where(i => i.Respondent != RespondentGroup.Facility))
        {
            string[] before = instrument.Respondent == RespondentGroup.Worker ? ["facility", "consent"] : ["consent"]; // of others there is one at a facility, and a place would name who declined
            Assert.Equal(before, instrument.Placed().Where(p => p.Item is { IsHidden: false, Type: not ItemType.Note }).Take(before.Length).Select(p => p.Item.Name));
            Assert.All(instrument.Placed().Where(p => p.Item.Required && !before.Contains(p.Item.Name)), p => Assert.Equal("${consent} = 'yes'", p.Groups[0].Relevant));
        }
    }

    [Fact]
    public void Who_has_no_card_yet_is_given_a_number_and_the_form_says_which()
    {
        var cards = Shipped.SelectMany(i => i.Placed()).Select(p => p.Item).Where(i => i.Name == "card").ToList();
        Assert.Equal(4, cards.Count);
        Assert.All(cards.SelectMany(c => c.Hint!.Values), hint => Assert.Contains("F0042-7", hint));
    }

    [Fact]
    public async Task They_are_published_at_the_first_start_and_a_second_start_changes_nothing()
    {
        var before = await ReadAsync();
        Assert.Equal(7, before.Count);
        Assert.All(before, v => Assert.Equal(v.Md5, Convert.ToHexStringLower(MD5.HashData(v.Xform!))));

        await ShippedInstruments.ImportAsync(evaluation.Services);

        Assert.Equal(before.Select(v => (v.Id, v.Version)), (await ReadAsync()).Select(v => (v.Id, v.Version)));

        Task<List<InstrumentVersion>> ReadAsync() =>
            evaluation.InDbAsync(db => db.InstrumentVersions.AsNoTracking().Where(v => v.PublishedBy == "programme").OrderBy(v => v.InstrumentCode).ToListAsync());
    }

    [Fact]
    public async Task The_list_shows_them_to_evaluators_and_the_programme_office_and_to_nobody_else()
    {
        foreach (var role in new[] { Roles.Evaluator, Roles.ProgrammeOffice })
        {
            var page = await evaluation.As(role).GetAsync<Page<InstrumentVersionSummary>>("/api/evaluation/instruments");
            Assert.Equal(("I1", "bc-worker-baseline", "workers.csv"), page.Items.Where(i => i.Code == "I1").Select(i => (i.Code, i.FormId, i.Files[1])).Single());
        }
        await evaluation.As(Roles.Employer).GetAsync("/api/evaluation/instruments").RefusesAsync(System.Net.HttpStatusCode.Forbidden, "forbidden");
        await evaluation.Anonymous().GetAsync("/api/evaluation/instruments").RefusesAsync(System.Net.HttpStatusCode.Unauthorized, "unauthorized");
    }
}
