using System.IO.Compression;
using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Sessions;
using BetterConnections.Training.Toolkits;
using CsvHelper;

namespace BetterConnections.Training.Tests.OneRoster;

public class RosterTests(TrainingApp training)
{
    private readonly HttpClient _partner = training.As(Roles.TrainingPartner);

    /// <summary>The columns of OneRoster 1.1, in their order.</summary>
    private static readonly Dictionary<string, string> Columns = new()
    {
        ["manifest.csv"] = "propertyName,value",
        ["academicSessions.csv"] = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
        ["orgs.csv"] = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
        ["courses.csv"] = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
        ["classes.csv"] = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
        ["users.csv"] = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password",
        ["enrollments.csv"] = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    };

    private static readonly Dictionary<string, string> Required = new()
    {
        ["academicSessions.csv"] = "sourcedId,title,type,startDate,endDate,schoolYear",
        ["orgs.csv"] = "sourcedId,name,type",
        ["courses.csv"] = "sourcedId,title,orgSourcedId",
        ["classes.csv"] = "sourcedId,title,courseSourcedId,classType,schoolSourcedId,termSourcedIds",
        ["users.csv"] = "sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName",
        ["enrollments.csv"] = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role",
    };

    private async Task<Dictionary<string, List<Dictionary<string, string>>>> ExportAsync(string query)
    {
        var answer = await _partner.GetAsync($"/api/training/oneroster?{query}");
        Assert.Equal(("application/zip", HttpStatusCode.OK), (answer.Content.Headers.ContentType?.MediaType, answer.StatusCode));
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(Columns.Keys.Order(), zip.Entries.Select(e => e.FullName).Order());
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var text = new StreamReader(e.Open());
            var content = text.ReadToEnd();
            Assert.Equal(content.Count(c => c == '\n'), content.Split("\r\n").Length - 1);
            using var csv = CsvReader.FromText(content, new() { HasHeader = false });
            var lines = new List<string[]>();
            while (csv.Read()) lines.Add(csv.Current.ToArray());
            Assert.Equal(Columns[e.FullName], string.Join(',', lines[0]));
            Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
            return lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second)).ToList();
        });
    }

    [Fact]
    public async Task Every_column_of_every_file_is_as_OneRoster_has_it_and_nobody_is_named()
    {
        var topic = Classroom.Topic();
        var facility = await training.FacilityAsync();
        var workers = await training.WorkersAsync(3, facility.FacilityId);
        var (trainer, account, now) = (Guid.NewGuid(), $"trainer-{Guid.NewGuid():n}", training.Clock.GetUtcNow());
        var assignment = Guid.NewGuid();
        var number = $"V-{Guid.NewGuid():n}"[..12].ToUpperInvariant();
        await training.DeliverAsync(new VolunteerScreened(trainer, account, ["en"], now.AddDays(-9), number));
        await training.DeliverAsync(new AssignmentAccepted(assignment, trainer, account, facility.FacilityId, AssignmentRoles.Trainer, ["en"], [topic], now.AddDays(-1), now.AddDays(30), now.AddDays(-2)));
        await training.AttendAsync(topic, 60, [workers[0].WorkerId], facility: facility.FacilityId, starts: new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero));
        await training.InDbAsync(async db =>
        {
            var starts = new DateTimeOffset(2026, 11, 9, 8, 0, 0, TimeSpan.Zero);
            var planned = Session.Plan(topic, Audience.Workers, "en", facility.FacilityId, null, Slot.Of(starts, starts.AddHours(2)), 1, Teaching.By(trainer, assignment), null, now);
            db.Add(planned);
            // One seat: the first has it, the other waits.
            foreach (var worker in workers.Skip(1))
            {
                db.Add(new RosterEntry { SessionId = planned.Id, LearnerId = worker.WorkerId, EnrolledAt = now });
                await db.SaveChangesAsync();
            }
        });

        var files = await ExportAsync($"facility={facility.Code}&from=2026-11-01&to=2026-11-30");

        var manifest = files["manifest.csv"].ToDictionary(r => r["propertyName"], r => r["value"]);
        Assert.Equal(("1.0", "1.1", "better-connections", "Better Connections"), (manifest["manifest.version"], manifest["oneroster.version"], manifest["source.systemCode"], manifest["source.systemName"]));
        string[] bulk = ["academicSessions", "classes", "courses", "enrollments", "orgs", "users"], absent = ["categories", "classResources", "courseResources", "demographics", "lineItems", "resources", "results"];
        Assert.All(bulk, f => Assert.Equal("bulk", manifest[$"file.{f}"]));
        Assert.All(absent, f => Assert.Equal("absent", manifest[$"file.{f}"]));
        Assert.Equal(4 + bulk.Length + absent.Length, manifest.Count);
        foreach (var (file, columns) in Required)
        {
            Assert.All(files[file], row => Assert.All(columns.Split(','), column => Assert.NotEqual("", row[column])));
            Assert.All(files[file], row => Assert.Equal(("", ""), (row["status"], row["dateLastModified"]))); // bulk
            Assert.Equal(files[file].Count, files[file].Select(r => r["sourcedId"]).Distinct().Count());
        }

        HashSet<string> Ids(string file) => [.. files[file].Select(r => r["sourcedId"])];
        Assert.Equal([("programme", "national", ""), (facility.Code, "school", "programme")], files["orgs.csv"].Select(o => (o["sourcedId"], o["type"], o["parentSourcedId"])));
        var term = Assert.Single(files["academicSessions.csv"]);
        Assert.Equal(("2026", "schoolYear", "2026-01-01", "2026-12-31", "2026"), (term["title"], term["type"], term["startDate"], term["endDate"], term["schoolYear"]));
        var course = Assert.Single(files["courses.csv"]);
        Assert.Equal(($"{topic}-workers", "programme", topic), (course["courseCode"], course["orgSourcedId"], course["subjects"]));
        var group = Assert.Single(files["classes.csv"]);
        Assert.Equal((course["sourcedId"], "scheduled", facility.Code, term["sourcedId"]), (group["courseSourcedId"], group["classType"], group["schoolSourcedId"], group["termSourcedIds"]));

        Assert.Equal(new[] { workers[0].WorkerId, workers[1].WorkerId, trainer }.Select(id => id.ToString()).Order(), Ids("users.csv").Order());
        foreach (var user in files["users.csv"])
        {
            var isTrainer = user["sourcedId"] == trainer.ToString();
            var code = isTrainer ? number : workers.Single(w => w.WorkerId.ToString() == user["sourcedId"]).Code;
            Assert.Equal((isTrainer ? "teacher" : "student", "true", facility.Code), (user["role"], user["enabledUser"], user["orgSourcedIds"]));
            Assert.Equal((code, code, code, code), (user["username"], user["givenName"], user["familyName"], user["identifier"]));
            Assert.All("userIds,middleName,email,sms,phone,agentSourcedIds,grades,password".Split(','), column => Assert.Equal("", user[column]));
        }
        Assert.Equal(3, files["enrollments.csv"].Count);
        Assert.All(files["enrollments.csv"], e =>
        {
            Assert.Equal((group["sourcedId"], facility.Code), (e["classSourcedId"], e["schoolSourcedId"]));
            Assert.Contains(e["userSourcedId"], Ids("users.csv"));
            Assert.Equal(e["userSourcedId"] == trainer.ToString() ? ("teacher", "true") : ("student", "false"), (e["role"], e["primary"]));
        });
    }

    [Fact]
    public async Task Outside_of_the_period_there_is_nothing_and_the_files_are_there_all_the_same()
    {
        var facility = await training.FacilityAsync();
        var files = await ExportAsync($"facility={facility.Code}&from=2020-01-01&to=2020-12-31");
        Assert.Empty(files["users.csv"]);
        Assert.Equal("programme", Assert.Single(files["orgs.csv"])["sourcedId"]);
    }

    [Fact]
    public async Task Strangers_and_periods_that_are_none_are_refused()
    {
        await training.As(Roles.Volunteer).GetAsync("/api/training/oneroster").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.WithScope("training.read").GetAsync("/api/training/oneroster").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _partner.GetAsync("/api/training/oneroster?from=2026-02-01&to=2026-01-01").RefusesAsync(HttpStatusCode.BadRequest, "period_not_valid");
        await _partner.GetAsync("/api/training/oneroster?from=tomorrow").RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
        await _partner.GetAsync("/api/training/oneroster?facility=F-NONE").RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
    }
}
