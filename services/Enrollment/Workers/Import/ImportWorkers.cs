using System.Security.Claims;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Workers.Import;

/// <summary>
/// Workers by the hundred thousand: the file is read row by row, good rows go by COPY into a staging table and from there in one
/// statement into the programme, all in one transaction. Bad rows are reported and hold nobody up.
/// </summary>
public static class ImportWorkers
{
    private const int ErrorsKept = 1000;

    /// <summary>The rows' workers join at this facility.</summary>
    public static async Task<ImportReport> AtFacility(Guid id, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        HttpRequest request, CancellationToken cancel, bool dryRun = false)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OpenAsync(id, cancel);
        return await new Run(db, programme, [new(facility.Id, facility.Code, true)], facility.Id, new Act(user.Subject(), clock.GetUtcNow()), dryRun)
            .TakeAsync(request, cancel);
    }

    /// <summary>Each row names the facility by its code.</summary>
    public static async Task<ImportReport> AtMany(EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        HttpRequest request, CancellationToken cancel, bool dryRun = false)
    {
        var facilities = await db.Facilities.AsNoTracking().SeenBy(user)
            .Select(f => new Destination(f.Id, f.Code, f.State == FacilityState.Open)).ToListAsync(cancel);
        return await new Run(db, programme, facilities, null, new Act(user.Subject(), clock.GetUtcNow()), dryRun).TakeAsync(request, cancel);
    }

    private sealed record Destination(Guid Id, string Code, bool IsOpen);

    private sealed class Run(EnrollmentDb db, ProgrammeSettings programme, IReadOnlyList<Destination> facilities, Guid? only, Act act, bool dryRun)
    {
        private readonly Dictionary<string, Destination> _byCode = facilities.ToDictionary(f => f.Code, StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, int> _refusals = [];
        // Errors come in twice, each time in the order of lines: as rows are read, and as the database compares them.
        private readonly List<RowError> _asRead = [];
        private readonly List<RowError> _asCompared = [];
        private int _rows;
        private int _refused;

        public async Task<ImportReport> TakeAsync(HttpRequest request, CancellationToken cancel)
        {
            await using var upload = await Upload.ReceiveAsync(request, cancel);
            var file = await WorkerFile.OpenAsync(upload.Content, cancel);
            if (only is null && !file.Columns.Has(ImportColumn.Facility))
                throw new BadInput("column_missing", "No column names the facility.").With("column", "facility");
            return await db.InTransactionAsync(() => TakeAsync(file, upload.Sha256, cancel), cancel);
        }

        private async Task<ImportReport> TakeAsync(WorkerFile file, byte[] sha256, CancellationToken cancel)
        {
            if (await EarlierAsync(sha256, cancel) is { } earlier) return earlier.Report(importedBefore: true);

            var staged = await StagedWorkers.CreateAsync(db, cancel);
            await using (var copy = await staged.BeginAsync(cancel))
            {
                await foreach (var line in file.LinesAsync(cancel))
                    if (Read(file.Columns, line) is { } row) await StagedWorkers.WriteAsync(copy, row, act.At, cancel);
                await copy.CompleteAsync(cancel);
            }
            await foreach (var error in staged.JudgeAsync(programme.WorkerCodePrefix, cancel))
            {
                _refused++;
                Note(error, _asCompared);
            }

            var id = dryRun ? (Guid?)null : Guid.CreateVersion7(act.At);
            var counts = id is { } import ? await staged.JoinAsync(import, programme.WorkerCodePrefix, act, cancel) : await staged.CountAsync(cancel);
            var first = _asRead.Concat(_asCompared).OrderBy(e => e.Line).Take(ErrorsKept).ToList();
            if (id is { } taken)
            {
                db.Add(new WorkerImport
                {
                    Id = taken,
                    Sha256 = sha256,
                    FacilityId = only,
                    At = act.At,
                    By = act.By,
                    Rows = _rows,
                    Accepted = counts.Joined,
                    Numbered = counts.Numbered,
                    Known = counts.Known,
                    Refused = _refused,
                    Refusals = _refusals,
                    Errors = first,
                });
                await db.SaveChangesAsync(cancel);
            }
            return new(id, dryRun, false, act.At, _rows, counts.Joined, counts.Known, _refused, _refusals, first, file.Columns.NotRead);
        }

        /// <summary>
        /// The same file, taken before, where taking it again would double workers or could change nothing. A file whose rows all have
        /// codes and of which some were refused is read again: the codes protect it, and what was refused then may be right now.
        /// </summary>
        private async Task<WorkerImport?> EarlierAsync(byte[] sha256, CancellationToken cancel)
        {
            // The same file sent twice at once: the second waits here, however long the first takes, and then finds it.
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({BitConverter.ToInt64(sha256)})", cancel);
            return await db.WorkerImports.AsNoTracking().Where(i => i.Sha256 == sha256 && i.FacilityId == only && (i.Numbered > 0 || i.Refused == 0))
                .OrderByDescending(i => i.Number).FirstOrDefaultAsync(cancel);
        }

        private StagedWorker? Read(ImportColumns columns, WorkerLine line)
        {
            _rows++;
            var faults = new List<Fault>();
            var facts = ImportCells.Facts(columns, line.Cells, act.At, faults);
            // A cell that could not be read would be reported a second time as missing.
            faults.AddRange(facts.Faults(programme, act.At.Year).Where(f => faults.All(read => read.Field != f.Field)).ToList());
            var code = columns.Cell(line.Cells, ImportColumn.Code).ToUpperInvariant() is { Length: > 0 } given ? given : null;
            if (code is not null && !WorkerCode.IsWellFormed(code)) faults.Add(new("code", "worker_code_not_valid"));
            var facility = Facility(columns.Cell(line.Cells, ImportColumn.Facility), faults);

            if (faults.Count == 0) return new(line.Line, code, facility!.Value, facts);
            _refused++;
            foreach (var fault in faults) Note(new(line.Line, fault.Field, fault.Code), _asRead);
            return null;
        }

        private Guid? Facility(string code, List<Fault> faults)
        {
            if (code.Length == 0 && only is not null) return only;
            if (!_byCode.TryGetValue(code, out var facility)) faults.Add(new("facility", "facility_unknown"));
            else if (!facility.IsOpen) faults.Add(new("facility", "facility_not_open"));
            return facility?.Id;
        }

        private void Note(RowError error, List<RowError> errors)
        {
            _refusals[error.Code] = _refusals.GetValueOrDefault(error.Code) + 1;
            if (errors.Count < ErrorsKept) errors.Add(error);
        }
    }
}
