using System.Net;
using System.Xml.Linq;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Account.Reports;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Account;

public class ExportTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>, IAsyncLifetime
{
    private const string IatiFile = "/api/evaluation/public/iati.xml";
    private static readonly Guid Batch = Guid.NewGuid(), Session = Guid.NewGuid(), Course = Guid.NewGuid();

    private static readonly Guid[] Told = [.. Enumerable.Range(0, 8).Select(_ => Guid.NewGuid())];

    /// <summary>Told before each test and counted once.</summary>
    public async ValueTask InitializeAsync()
    {
        var at = new DateTimeOffset(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);
        await evaluation.DeliverAsync(new DevicesRecycled(Batch, 40, 260.5m, at));
        await evaluation.DeliverAsync(new SessionDelivered(Session, null, null, "labour-rights", "ne", "workers", 12, 60, 700, false, at));
        await evaluation.DeliverAsync(new CourseCompleted(Course, Session, null, "workers", ["labour-rights"], 240, at));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_iati_file_is_valid_against_the_schema_of_the_standard()
    {
        var text = await evaluation.Anonymous().GetStringAsync(IatiFile);
        await Iati.AssertValidAsync(text);

        var recycled = XDocument.Parse(text).Descendants("indicator").Single(i => i.Element("title")!.Value.StartsWith("Electronic waste", StringComparison.Ordinal));
        Assert.Equal("260.5", recycled.Descendants("actual").Single().Attribute("value")!.Value);
        Assert.Equal("2026-03-31", recycled.Descendants("period-end").Single().Attribute("iso-date")!.Value);
        Assert.DoesNotContain("Courses completed", text); // one person
    }

    [Fact]
    public async Task The_iati_file_says_what_registers_ask_for()
    {
        var activity = XDocument.Parse(await evaluation.Anonymous().GetStringAsync(IatiFile)).Descendants("iati-activity").Single();

        Assert.Equal(("1", "22040"), (activity.Element("sector")!.Attribute("vocabulary")!.Value, activity.Element("sector")!.Attribute("code")!.Value));
        Assert.Equal(["1.4", "4.4", "9.c", "12.5", "12.8", "17.8"], activity.Elements("tag").Select(t => t.Attribute("code")!.Value));
        Assert.Equal(["2 2014-01-01", "2 2017-07-31", "4 2021-07-31"], activity.Elements("activity-date").Select(d => $"{d.Attribute("type")!.Value} {d.Attribute("iso-date")!.Value}"));
        Assert.Equal("3", activity.Element("activity-status")!.Attribute("code")!.Value); // an actual end, and still measured
        Assert.All(activity.Descendants("document-link"), l => Assert.StartsWith("http://localhost/api/evaluation/public/", l.Attribute("url")!.Value));
    }

    [Fact]
    public async Task The_iati_file_stays_the_same_until_its_data_change()
    {
        var first = await evaluation.Anonymous().GetAsync(IatiFile);
        evaluation.Clock.Advance(TimeSpan.FromHours(5));
        using var again = new HttpRequestMessage(HttpMethod.Get, IatiFile) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NotModified, (await evaluation.Anonymous().SendAsync(again)).StatusCode);

        await evaluation.DeliverAsync(new WorkOrderClosed(Guid.NewGuid(), Guid.NewGuid(), 3, new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero))); // older than what was told before
        var after = await evaluation.Anonymous().GetAsync(IatiFile);
        Assert.NotEqual(first.Headers.ETag, after.Headers.ETag);
        Assert.True(Updated(await first.Content.ReadAsStringAsync()) <= Updated(await after.Content.ReadAsStringAsync()));

        static DateTimeOffset Updated(string text) => (DateTimeOffset)XDocument.Parse(text).Descendants("iati-activity").Single().Attribute("last-updated-datetime")!;
    }

    [Theory]
    [InlineData("202603", true)]
    [InlineData("2026S1", true)]
    [InlineData("2026", true)]
    [InlineData("202604", false)]
    [InlineData("2026S2", false)]
    public async Task Dhis2_gets_the_figures_of_its_period(string period, bool counted)
    {
        var set = await evaluation.As(Roles.Evaluator).GetAsync<DataValueSet>($"/api/evaluation/account/dhis2?period={period}");
        Assert.Equal((period, "QA"), (set.Period, set.OrgUnit));
        Assert.Equal(counted ? "260.5" : null, set.DataValues.SingleOrDefault(v => v.DataElement == "BC_EWASTE_KG")?.Value);
        Assert.DoesNotContain(set.DataValues, v => v.DataElement == "BC_COURSES_COMPLETED");
    }

    [Theory]
    [InlineData("PEOPLE_SEEN", "202406", "300")]
    [InlineData("PEOPLE_SEEN", "202405", null)] // 4
    [InlineData("PEOPLE_SEEN", "2024S1", null)] // less June the 4
    [InlineData("PEOPLE_SEEN", "2024", null)]
    [InlineData("PEOPLE_SEEN", "2025", null)] // 40, which the whole less the others must not give
    [InlineData("PEOPLE_SEEN", "202507", null)]
    [InlineData("ATTENDANCES", "2025", "300")]
    [InlineData("ATTENDANCES", "2026S1", "16")] // all that is withheld
    [InlineData("ATTENDANCES", "202603", null)] // 12, which would give the 4 of February
    public async Task No_period_less_others_gives_dhis2_a_month_of_a_few_people(string element, string period, string? told)
    {
        foreach (var (year, month, people) in ((int, int, int)[])[(2024, 5, 4), (2024, 6, 300), (2025, 7, 40)])
            await evaluation.DeliverAsync(new SiteReported(Told[month], Guid.NewGuid(), Guid.NewGuid(), 10, 10, true, people, [], new(year, month, 9, 0, 0, 0, TimeSpan.Zero)));
        foreach (var (year, month, people) in ((int, int, int)[])[(2025, 1, 300), (2026, 2, 4)])
            await evaluation.DeliverAsync(new SessionDelivered(Told[month], null, null, "labour-rights", "ne", "workers", people, 60, 60, false, new(year, month, 9, 0, 0, 0, TimeSpan.Zero)));

        var set = await evaluation.As(Roles.Evaluator).GetAsync<DataValueSet>($"/api/evaluation/account/dhis2?period={period}");
        Assert.Equal(told, set.DataValues.SingleOrDefault(v => v.DataElement == $"BC_{element}")?.Value);
    }

    [Theory]
    [InlineData("202613")]
    [InlineData("2026S3")]
    [InlineData("26")]
    [InlineData("' or 1=1")]
    public async Task A_period_that_is_none_is_refused(string period) =>
        await evaluation.As(Roles.Evaluator).GetAsync($"/api/evaluation/account/dhis2?period={Uri.EscapeDataString(period)}").RefusesAsync(HttpStatusCode.BadRequest, "period_not_valid");

    [Fact]
    public async Task Dhis2_takes_it_as_csv_too()
    {
        var answer = await evaluation.As(Roles.Evaluator).SendAsync(new(HttpMethod.Get, "/api/evaluation/account/dhis2?period=2026") { Headers = { Accept = { new("text/csv") } } });
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        Assert.StartsWith("dataelement,period,orgunit,", lines[0]);
        Assert.Contains(lines, l => l.StartsWith("BC_EWASTE_KG,2026,QA,,,260.5,", StringComparison.Ordinal));
    }
}
