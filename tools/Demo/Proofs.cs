using System.Text;
using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>What leaves the programme is checked as strangers would check it: certificates, calendars, letters, the archive for a USB stick.</summary>
internal sealed class Proofs(People people, Uri gateway)
{
    private const string Certificates = "/api/training/public/certificates";
    private readonly List<(string What, string Where)> _look = [];

    public async Task CheckCertificatesAsync()
    {
        var issued = (await people.TrainingPartner.GetAsync("/api/training/certificates?course=labour-rights&limit=2")).Each("items").Select(c => c.Id()).ToList();
        var (kept, revoked) = (issued[0], issued[1]);
        var signed = await people.Visitor.ReadAsync($"{Certificates}/{kept}.jws", "text/plain");
        Story.Expect(await people.Visitor.CodeOfAsync($"{Certificates}/verify", signed) == "certificate_valid", "a certificate is verified by anybody");
        Story.Expect(await people.Visitor.CodeOfAsync($"{Certificates}/verify", Altered(signed)) == "certificate_altered", "one sign changed is noticed");
        Story.Expect((await people.Visitor.ReadAsync($"{Certificates}/{kept}", "text/html")).Contains("<html", StringComparison.Ordinal), "a certificate has a page");
        Story.Expect(IsPdf(await people.Visitor.FileAsync($"{Certificates}/{kept}.pdf", "application/pdf")), "a certificate can be printed");

        await people.TrainingPartner.PostAsync($"/api/training/certificates/{revoked}/revoke", new { reason = "issued for the wrong card" });
        var facts = JsonSerializer.Deserialize<JsonElement>(await people.Visitor.ReadAsync($"{Certificates}/{revoked}"));
        Story.Expect(facts.Text("code") == "certificate_revoked", "a revoked certificate says so");
        Story.Tell("a certificate verified on its public page, one with a sign changed refused, another revoked");
        _look.Add(("a worker's certificate", $"{Certificates}/{kept}"));
    }

    public async Task CheckCalendarsAsync(Lesson lesson)
    {
        var own = (await lesson.Trainer.Person.PostAsync("/api/volunteer/me/calendar")).Text("url");
        Story.Expect(Events(await people.Visitor.ReadAsync(own, "text/calendar")) >= Matching.Weeks, "the volunteer's calendar has its shifts");
        await lesson.Trainer.Person.PostAsync("/api/volunteer/me/calendar/revoke");
        Story.Expect(!await people.Visitor.IsThereAsync(own), "a revoked calendar is not there");

        var room = (await people.TrainingPartner.PostAsync("/api/training/calendars", new { facilityId = lesson.Facility })).Text("url");
        Story.Expect(Events(await people.Visitor.ReadAsync(room, "text/calendar")) >= Matching.Weeks, "the facility's calendar has its sessions");
        Story.Tell("a volunteer's calendar read and revoked, which then is not there");
        _look.Add(("a facility's calendar, to subscribe to", room));

        var code = (await people.TrainingPartner.GetAsync($"/api/training/facilities/{lesson.Facility}")).Text("code");
        _look.Add(("its timetable at the door", $"/api/training/public/timetable?facility={code}"));
    }

    public async Task CheckPapersAsync(Lesson lesson)
    {
        Story.Expect(IsPdf(await lesson.Trainer.Person.DownloadAsync($"/api/volunteer/volunteers/{lesson.Trainer.Id}/letter")), "a volunteer gets a letter");
        var archive = "/api/training/archive?language=ar";
        Story.Expect((await lesson.Trainer.Person.DownloadAsync(archive)).AsSpan().StartsWith("PK"u8), "the toolkit fits on a USB stick");
        Story.Tell("a recognition letter printed, and the toolkit in Arabic as one archive");
        _look.Add(("the toolkit for a USB stick, signed in", archive));
        _look.Add(("the volunteers' packet", "/api/training/public/packets/volunteers"));
        _look.Add(("the public scorecard", "/api/evaluation/public/scorecard"));
        _look.Add(("what the (simulated) surveys found", "/api/evaluation/public/results"));
        _look.Add(("the same in Arabic", "/api/evaluation/public/results?language=ar"));
    }

    public void PrintWhereToLook()
    {
        Story.Chapter("Where to look");
        foreach (var (what, where) in _look) Console.WriteLine($"  {what,-40} {new Uri(gateway, where)}");
    }

    /// <summary>One sign of the signed part is another.</summary>
    private static string Altered(string signed)
    {
        var at = signed.IndexOf('.') + 10;
        return new StringBuilder(signed) { [at] = signed[at] == 'A' ? 'B' : 'A' }.ToString();
    }

    private static int Events(string calendar) => calendar.Split("BEGIN:VEVENT").Length - 1;

    private static bool IsPdf(byte[] file) => file.AsSpan().StartsWith("%PDF"u8);
}
