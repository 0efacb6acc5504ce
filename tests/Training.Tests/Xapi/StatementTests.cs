using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Training.Tests.Xapi;

public class StatementTests(TrainingApp training)
{
    private const string Experienced = "http://adlnet.gov/expapi/verbs/experienced";
    private readonly HttpClient _tool = Tool(training.WithScope("training.xapi"));

    private static HttpClient Tool(HttpClient client, string? version = "1.0.3")
    {
        if (version is not null) client.DefaultRequestHeaders.Add("X-Experience-API-Version", version);
        return client;
    }

    private static JsonObject Statement(string? actor = null, string? activity = null) => new()
    {
        ["actor"] = new JsonObject { ["account"] = new JsonObject { ["homePage"] = "https://lms.example.org", ["name"] = actor ?? $"W-{Guid.NewGuid():n}" } },
        ["verb"] = new JsonObject { ["id"] = Experienced, ["display"] = new JsonObject { ["en"] = "experienced" } },
        ["object"] = new JsonObject { ["id"] = activity ?? $"https://lms.example.org/lessons/{Guid.NewGuid()}" },
        ["result"] = new JsonObject { ["score"] = new JsonObject { ["scaled"] = 0.5 }, ["completion"] = true },
        ["timestamp"] = "2026-11-01T08:00:00Z",
    };

    private static StringContent Body(JsonNode? json) => new(json?.ToJsonString() ?? "null", Encoding.UTF8, "application/json");

    private Task<HttpResponseMessage> PutAsync(Guid id, JsonNode statement) => _tool.PutAsync($"/xapi/statements?statementId={id}", Body(statement));

    private Task<JsonElement> FindAsync(string query) => _tool.GetAsync<JsonElement>($"/xapi/statements?{query}");

    private static string Agent(string name) => "agent=" + Uri.EscapeDataString(JsonSerializer.Serialize(new { account = new { homePage = "https://lms.example.org", name } }));

    [Fact]
    public async Task A_statement_is_put_once_and_never_overwritten()
    {
        var (id, statement) = (Guid.NewGuid(), Statement());
        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(id, statement)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(id, statement.DeepClone())).StatusCode);
        var other = statement.DeepClone();
        other["result"]!["score"]!["scaled"] = 0.6;
        await PutAsync(id, other).RefusesAsync(HttpStatusCode.Conflict, "statement_id_taken");

        var answer = await _tool.GetAsync($"/api/training/xapi/statements?statementId={id}");
        var stored = await answer.ReadAsync<JsonElement>();
        Assert.Equal((id, "1.0.3", 0.5), (stored.GetProperty("id").GetGuid(), stored.GetProperty("version").GetString(), stored.GetProperty("result").GetProperty("score").GetProperty("scaled").GetDouble()));
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero), stored.GetProperty("timestamp").GetDateTimeOffset());
        Assert.StartsWith("system-", stored.GetProperty("authority").GetProperty("account").GetProperty("name").GetString());
        Assert.True(stored.GetProperty("stored").GetDateTimeOffset() <= training.Clock.GetUtcNow());
        Assert.Equal("1.0.3", Assert.Single(answer.Headers.GetValues("X-Experience-API-Version")));
        Assert.True(DateTimeOffset.Parse(Assert.Single(answer.Headers.GetValues("X-Experience-API-Consistent-Through"))) <= DateTimeOffset.UtcNow);
        await _tool.GetAsync($"/xapi/statements?statementId={Guid.NewGuid()}").RefusesAsync(HttpStatusCode.NotFound, "statement_unknown");
    }

    [Fact]
    public async Task The_same_statement_put_many_times_at_once_is_stored_once_and_everybody_is_told_so()
    {
        var (id, statement, activity) = (Guid.NewGuid(), Statement(), $"https://lms.example.org/{Guid.NewGuid()}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PutAsync(id, statement.DeepClone())));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.NoContent, a.StatusCode));

        // And in batches that have them in different orders.
        JsonObject[] several = [.. Enumerable.Range(0, 20).Select(_ => Statement(activity: activity))];
        foreach (var one in several) one["id"] = Guid.NewGuid().ToString();
        var posted = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            _tool.PostAsync("/xapi/statements", Body(new JsonArray([.. (i % 2 == 0 ? several : several.Reverse()).Select(s => (JsonNode)s.DeepClone())])))));
        Assert.All(posted, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(20, (await FindAsync($"activity={activity}")).GetProperty("statements").GetArrayLength());
    }

    [Theory]
    [InlineData("PT1H30M", true)]
    [InlineData("P3Y6M4DT12H30M5.25S", true)]
    [InlineData("P2W", true)]
    [InlineData("PT0,5H", true)]
    [InlineData("PT0S", true)]
    [InlineData("P", false)]
    [InlineData("PT", false)]
    [InlineData("P1DT", false)]
    [InlineData("1H", false)]
    [InlineData("PT1M1H", false)]
    [InlineData("P1.5DT2H", false)]
    [InlineData("P1H", false)]
    [InlineData("-PT1H", false)]
    [InlineData("PT1H\n", false)]
    [InlineData("01:30:00", false)]
    public async Task A_duration_is_as_ISO_8601_has_it(string duration, bool valid)
    {
        var statement = Statement();
        statement["result"]!["duration"] = duration;
        var sent = _tool.PostAsync("/xapi/statements", Body(statement));
        if (valid) Assert.Equal(HttpStatusCode.OK, (await sent).StatusCode);
        else await sent.RefusesAsync(HttpStatusCode.BadRequest, "statement_not_valid");
    }

    [Fact]
    public async Task Several_are_posted_all_or_none_and_their_ids_answered_in_order()
    {
        var (known, activity) = (Guid.NewGuid(), $"https://lms.example.org/{Guid.NewGuid()}");
        await PutAsync(known, Statement());
        var named = Statement(activity: activity);
        named["id"] = Guid.NewGuid().ToString();

        var ids = await (await _tool.PostAsync("/xapi/statements", Body(new JsonArray(named.DeepClone(), Statement(activity: activity))))).ReadAsync<List<Guid>>();
        Assert.Equal(named["id"]!.GetValue<string>(), ids[0].ToString());
        Assert.Equal(2, (await FindAsync($"activity={activity}")).GetProperty("statements").GetArrayLength());

        var clashing = Statement();
        clashing["id"] = known.ToString();
        var fresh = $"https://lms.example.org/{Guid.NewGuid()}";
        await _tool.PostAsync("/xapi/statements", Body(new JsonArray(Statement(activity: fresh), clashing))).RefusesAsync(HttpStatusCode.Conflict, "statement_id_taken");
        Assert.Equal(0, (await FindAsync($"activity={fresh}")).GetProperty("statements").GetArrayLength());
        Assert.Single(await (await _tool.PostAsync("/xapi/statements", Body(Statement()))).ReadAsync<List<Guid>>());
    }

    [Fact]
    public async Task The_version_is_asked_for_and_told_whatever_is_answered()
    {
        foreach (var version in new[] { null, "2.0.0", "0.95" })
            await Tool(training.WithScope("training.xapi"), version).GetAsync("/xapi/statements").RefusesAsync(HttpStatusCode.BadRequest, "xapi_version_not_supported");
        Assert.Equal(HttpStatusCode.OK, (await Tool(training.WithScope("training.xapi"), "1.0").GetAsync("/xapi/statements?limit=1")).StatusCode);
        foreach (var (client, status) in new[] { (training.Anonymous(), HttpStatusCode.Unauthorized), (training.WithScope("training.read"), HttpStatusCode.Forbidden), (training.As(Roles.Volunteer), HttpStatusCode.Forbidden) })
        {
            var refused = await Tool(client).GetAsync("/xapi/statements");
            Assert.Equal((status, "1.0.3"), (refused.StatusCode, Assert.Single(refused.Headers.GetValues("X-Experience-API-Version"))));
        }
        Assert.Equal("1.0.3", (await training.As(Roles.TrainingPartner).GetAsync<JsonElement>("/xapi/about")).GetProperty("version")[0].GetString());
    }

    public static TheoryData<string, string, string> Bad => new()
    {
        { "actor", """{"mbox":"mailto:ali@example.org"}""", "actor_not_pseudonymous" },
        { "actor", """{"mbox_sha1sum":"ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}""", "actor_not_pseudonymous" },
        { "actor", """{"objectType":"Group","member":[]}""", "actor_not_supported" },
        { "actor", """{"account":{"homePage":"here","name":"W"}}""", "statement_not_valid" },
        { "actor", "null", "statement_not_valid" },
        { "verb", """{"display":{"en":"did"}}""", "statement_not_valid" },
        { "verb", """{"id":"http://adlnet.gov/expapi/verbs/voided"}""", "voiding_not_supported" },
        { "object", """{"objectType":"SubStatement"}""", "object_not_supported" },
        { "object", """{"id":"lesson"}""", "statement_not_valid" },
        { "result", """{"score":{"scaled":1.1}}""", "statement_not_valid" },
        { "result", """{"success":"yes"}""", "statement_not_valid" },
        { "result", """{"duration":90}""", "statement_not_valid" },
        { "result", """{"extensions":{"https://lms.example.org/size":1e999999}}""", "number_not_storable" },
        { "context", """{"registration":"7"}""", "statement_not_valid" },
        { "context", """{"team":{"objectType":"Group","mbox":"mailto:all@example.org"}}""", "actor_not_supported" },
        { "context", """{"instructor":{"mbox":"mailto:fatima@example.org"}}""", "actor_not_pseudonymous" },
        { "timestamp", "\"yesterday\"", "statement_not_valid" },
        { "version", "\"2.0\"", "statement_not_valid" },
        { "id", "\"7\"", "statement_not_valid" },
        { "attachments", "[]", "attachments_not_supported" },
        { "extra", "1", "statement_not_valid" },
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task What_is_not_a_statement_or_tells_too_much_is_refused(string member, string value, string code)
    {
        var statement = Statement();
        statement[member] = JsonNode.Parse(value);
        await _tool.PostAsync("/xapi/statements", Body(statement)).RefusesAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Requests_that_are_not_as_the_standard_has_them_are_refused()
    {
        await _tool.PutAsync("/xapi/statements", Body(Statement())).RefusesAsync(HttpStatusCode.BadRequest, "statement_id_missing");
        var named = Statement();
        named["id"] = Guid.NewGuid().ToString();
        await PutAsync(Guid.NewGuid(), named).RefusesAsync(HttpStatusCode.BadRequest, "statement_not_valid");
        await _tool.PostAsync("/xapi/statements", Body(new JsonArray(named.DeepClone(), named.DeepClone()))).RefusesAsync(HttpStatusCode.BadRequest, "statement_not_valid");
        foreach (var body in new[] { "{", "7", "null", """{"actor":{},"actor":{}}""" })
            await _tool.PostAsync("/xapi/statements", new StringContent(body, Encoding.UTF8, "application/json")).RefusesAsync(HttpStatusCode.BadRequest, "statement_not_valid");
        await _tool.PostAsync("/xapi/statements", new StringContent("--x", Encoding.UTF8, "multipart/mixed")).RefusesAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        foreach (var query in new[] { "registration=7", "limit=many", "since=yesterday", "agent={", """agent={"account":{},"account":{}}""", "after=1_2", "format=canonical", "attachments=true", "statementId=7", $"statementId={Guid.NewGuid()}&verb=x" })
            await _tool.GetAsync($"/xapi/statements?{query}").RefusesAsync(HttpStatusCode.BadRequest, query == "since=yesterday" ? "statement_not_valid" : "parameter_not_valid");
    }

    [Fact]
    public async Task A_name_is_dropped_and_nothing_of_it_is_kept()
    {
        var statement = Statement();
        statement["actor"]!["name"] = "Ali Hassan";
        statement["context"] = new JsonObject { ["instructor"] = new JsonObject { ["name"] = "Fatima Ali", ["account"] = new JsonObject { ["homePage"] = "https://lms.example.org", ["name"] = "7" } } };
        var id = (await (await _tool.PostAsync("/xapi/statements", Body(statement))).ReadAsync<List<Guid>>())[0];
        var stored = await _tool.GetStringAsync($"/xapi/statements?statementId={id}");
        Assert.DoesNotContain("Hassan", stored);
        Assert.DoesNotContain("Fatima", stored);
    }

    [Fact]
    public async Task Pages_lead_through_all_that_match_each_once_in_either_direction()
    {
        var name = $"W-{Guid.NewGuid():n}";
        var ids = new List<Guid>();
        for (var batch = 0; batch < 3; batch++)
            ids.AddRange(await (await _tool.PostAsync("/xapi/statements", Body(new JsonArray([.. Enumerable.Range(0, 4).Select(_ => (JsonNode)Statement(name))])))).ReadAsync<List<Guid>>());
        await _tool.PostAsync("/xapi/statements", Body(Statement()));

        foreach (var ascending in new[] { false, true })
        {
            var (seen, stored) = (new List<Guid>(), new List<DateTimeOffset>());
            for (var next = $"/xapi/statements?{Agent(name)}&limit=5&ascending={(ascending ? "true" : "false")}"; next.Length > 0;)
            {
                var page = await _tool.GetAsync<JsonElement>(next);
                seen.AddRange(page.GetProperty("statements").EnumerateArray().Select(s => s.GetProperty("id").GetGuid()));
                stored.AddRange(page.GetProperty("statements").EnumerateArray().Select(s => s.GetProperty("stored").GetDateTimeOffset()));
                next = page.GetProperty("more").GetString()!;
            }
            Assert.Equal(ids.Order(), seen.Order());
            Assert.Equal(ascending ? stored.Order() : stored.OrderDescending(), stored);
        }
    }

    [Fact]
    public async Task Filters_by_verb_and_time_of_storing_hold()
    {
        var name = $"W-{Guid.NewGuid():n}";
        async Task<DateTimeOffset> StoreAsync()
        {
            var id = (await (await _tool.PostAsync("/xapi/statements", Body(Statement(name)))).ReadAsync<List<Guid>>())[0];
            return (await FindAsync($"statementId={id}")).GetProperty("stored").GetDateTimeOffset();
        }
        var (first, second) = (await StoreAsync(), await StoreAsync());
        async Task<int> CountAsync(string more) => (await FindAsync($"{Agent(name)}&{more}")).GetProperty("statements").GetArrayLength();

        Assert.Equal(2, await CountAsync($"verb={Experienced}"));
        Assert.Equal(0, await CountAsync("verb=http://adlnet.gov/expapi/verbs/passed"));
        Assert.Equal(1, await CountAsync($"since={Uri.EscapeDataString(first.ToString("o"))}"));
        Assert.Equal(1, await CountAsync($"until={Uri.EscapeDataString(first.ToString("o"))}"));
        Assert.Equal(0, await CountAsync($"since={Uri.EscapeDataString(second.ToString("o"))}"));
    }

    [Fact]
    public async Task What_happens_here_is_told_too_once_for_each_session_attended_and_course_completed()
    {
        var topic = Classroom.Topic();
        var course = await training.CourseAsync(topic, new(Minutes: 100));
        var worker = (await training.WorkersAsync(1))[0];
        await training.AttendAsync(topic, 60, [worker.WorkerId]);
        await training.AttendAsync(topic, 50, [worker.WorkerId]);
        await training.InTransactionAsync((_, courses) => courses.ForAsync([worker.WorkerId], default));

        var agent = "agent=" + Uri.EscapeDataString(JsonSerializer.Serialize(new { account = new { homePage = "http://localhost", name = worker.Code } }));
        var told = (await FindAsync($"{agent}&ascending=true")).GetProperty("statements").EnumerateArray().ToList();

        Assert.Equal(["attended", "attended", "completed"], told.Select(s => s.GetProperty("verb").GetProperty("display").GetProperty("en").GetString()).Order());
        Assert.Equal(["PT50M", "PT60M"], told.Where(s => s.GetProperty("verb").GetProperty("id").GetString()!.EndsWith("attended")).Select(s => s.GetProperty("result").GetProperty("duration").GetString()).Order());
        var completed = Assert.Single((await FindAsync($"activity=http://localhost/xapi/activities/courses/{course.Code}")).GetProperty("statements").EnumerateArray());
        Assert.True(completed.GetProperty("result").GetProperty("completion").GetBoolean());
        Assert.Equal("PT110M", completed.GetProperty("result").GetProperty("duration").GetString());
    }
}
