using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Workers;

public sealed record WorkerEventView(DateTimeOffset At, string By, WorkerEventKind Kind, ConsentPurpose? Purpose, Guid FacilityId);

public static class ReadWorkerHistory
{
    public static async Task<IReadOnlyList<WorkerEventView>> Handle(string code, EnrollmentDb db, CancellationToken cancel)
    {
        var worker = await db.Workers.AsNoTracking().OneAsync(code, cancel);
        return await db.Set<WorkerEvent>().Where(e => e.WorkerId == worker.Id).OrderBy(e => e.Id)
            .Select(e => new WorkerEventView(e.At, e.By, e.Kind, e.Purpose, e.FacilityId)).ToListAsync(cancel);
    }
}
