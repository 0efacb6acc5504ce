using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>What volunteers do on site beside teaching: their hours, and reports of what works and what does not.</summary>
internal sealed class SiteVisits(People people)
{
    private static readonly TimeSpan Visit = TimeSpan.FromMinutes(95);

    public int Visits { get; private set; }
    public int Minutes => Visits * (int)Visit.TotalMinutes;

    /// <summary>Their phones send arrival and departure together, when there is a network; the programme office approves the hours.</summary>
    public async Task VisitAsync(IReadOnlyList<Lesson> lessons)
    {
        await lessons.AtOnceAsync(async lesson =>
        {
            var (visit, now) = (Guid.NewGuid(), DateTimeOffset.UtcNow);
            await lesson.Trainer.Person.PostAsync("/api/volunteer/visits", new { id = visit, assignmentId = lesson.Assignment, at = now - Visit, sentAt = now });
            await lesson.Trainer.Person.PostAsync($"/api/volunteer/visits/{visit}/check-out", new { at = now, sentAt = now });
            await people.Office.PostAsync($"/api/volunteer/visits/{visit}/approve");
            return true;
        });
        Visits = lessons.Count;
        Story.Tell($"{Visits} visits checked in and out, and their hours approved by somebody else");

        await lessons.Skip(1).AtOnceAsync(lesson => ReportAsync(lesson, working: 10));
        Story.Tell($"{lessons.Count - 1} reports from site: ten of ten computers work, and the internet is up");
    }

    /// <summary>A computer does not start: the report opens a ticket, the device becomes faulty and is mended where it stands.</summary>
    public async Task MendAsync(Lesson lesson)
    {
        var barcode = (await people.Warehouse.GetAsync($"/api/inventory/kits/{lesson.Facility}")).Each("devices").First(d => d.Text("kind") is "Desktop" or "Laptop").Text("barcode");
        var report = await ReportAsync(lesson, working: 9, new { concerns = "Device", barcode, text = "does not start" });
        var ticket = $"/api/enrollment/tickets/{report.Each("problems").Single().Id()}";
        await people.Warehouse.WaitForAsync($"/api/inventory/devices/{barcode}", d => d.Text("state") == "Faulty", "the device to become faulty");
        await people.Warehouse.WaitForAsync(ticket, t => t.Text("state") == "InProgress", "the ticket to be in progress");
        await ComputersAsync(lesson, 9);
        Story.Tell($"a report from site opened a ticket: {barcode} is faulty, and sessions there have nine seats");

        await people.Warehouse.PostAsync($"/api/inventory/devices/{barcode}/repair", new { why = "the power supply is dead" });
        await people.Warehouse.PostAsync($"/api/inventory/devices/{barcode}/repaired", new { why = "another power supply" });
        await people.Warehouse.PostAsync($"{ticket}/resolve", new { what = "another power supply" });
        await ReportAsync(lesson, working: 10);
        await ComputersAsync(lesson, 10);
        Story.Tell("it was mended, the ticket resolved, and the next report counts ten again");
    }

    private Task<JsonElement> ComputersAsync(Lesson lesson, int working) => people.TrainingPartner.WaitForAsync(
        $"/api/training/facilities/{lesson.Facility}", f => f.Number("workingComputers") == working, $"Training to count {working} computers");

    private static Task<JsonElement> ReportAsync(Lesson lesson, int working, params object[] problems)
    {
        var now = DateTimeOffset.UtcNow;
        return lesson.Trainer.Person.PostAsync("/api/volunteer/site-reports", new
        {
            id = Guid.NewGuid(),
            facilityId = lesson.Facility,
            at = now,
            sentAt = now,
            devicesWorking = working,
            internetUp = true,
            peopleSeen = 12,
            problems,
        });
    }
}
