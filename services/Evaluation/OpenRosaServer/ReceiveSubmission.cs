using BetterConnections.Evaluation.Submissions;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.OpenRosaServer;

/// <summary>A filled form from a phone. 201 means that it is stored for good, also where it had been stored before: apps repeat until they hear it.</summary>
public static class ReceiveSubmission
{
    public static async Task Handle(FieldCollector collector, string? deviceID, SubmissionReader reader, SubmissionStore store, HttpContext http, CancellationToken cancel)
    {
        await using var upload = await SubmissionUpload.ReadAsync(http.Request, cancel);
        var submission = await reader.ReadAsync(upload.Xml, cancel) with { CollectorId = collector.Id, SentBy = $"collector {collector.Label}", IsComplete = upload.IsComplete };
        // Nobody could ask by this address before it was given out. An edit has the start of what it edits, which another may have asked.
        if (submission.Deprecates is null && submission.StartedAt < collector.IssuedAt.AddDays(-1)) submission = submission with { HasImpossibleTime = true };
        if (!string.IsNullOrEmpty(deviceID)) submission = submission with { DeviceId = deviceID };
        collector.RequireForm(submission.FormId);
        if (submission.Facility is { } facility) collector.RequireFacility(facility);
        await store.StoreAsync(submission, upload.Files, cancel);

        http.Response.StatusCode = StatusCodes.Status201Created;
        await (upload.IsComplete
            ? OpenRosa.WriteMessageAsync(http.Response, "submit_success", "Thank you. The form was received.")
            : OpenRosa.WriteMessageAsync(http.Response, "submit_incomplete", "A part of the form was received. The other files are still wanted."));
    }
}
