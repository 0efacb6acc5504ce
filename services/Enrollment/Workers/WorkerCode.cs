using System.Text.RegularExpressions;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Workers;

/// <summary>
/// The code on a worker's card. The programme's own is <c>W-000123-C</c>, with the check character of ISO 7064 MOD 37,36,
/// made by the database's function <c>worker_code</c> so that one form and a file of 300,000 get theirs the same way.
/// Employers' cards may bring codes of their own, which do not begin like the programme's.
/// </summary>
public static partial class WorkerCode
{
    [GeneratedRegex("^[A-Z0-9][A-Z0-9-]{2,31}$")]
    private static partial Regex Form();

    public static bool IsWellFormed(string code) => Form().IsMatch(code);

    public static bool IsOwn(string code, ProgrammeSettings programme) => code.StartsWith(programme.WorkerCodePrefix + "-", StringComparison.Ordinal);

    /// <summary>A code that the worker brings, in upper case.</summary>
    public static string Given(string code, ProgrammeSettings programme)
    {
        var upper = code.Trim().ToUpperInvariant();
        if (!IsWellFormed(upper)) throw new BadInput("worker_code_not_valid", "A code has 3 to 32 Latin letters, digits and dashes.");
        if (IsOwn(upper, programme)) throw new BadInput("worker_code_not_issued", $"Codes that begin with {programme.WorkerCodePrefix}- are given by the programme.");
        return upper;
    }

    public static Task<string> NextWorkerCodeAsync(this EnrollmentDb db, ProgrammeSettings programme, CancellationToken cancel) =>
        db.Database.SqlQuery<string>($"select worker_code({programme.WorkerCodePrefix}, nextval('worker_numbers')) as \"Value\"").SingleAsync(cancel);

    /// <summary>The facility, where workers may join it now.</summary>
    public static async Task<Facility> OpenAsync(this IQueryable<Facility> facilities, Guid id, CancellationToken cancel)
    {
        var facility = await facilities.OneAsync(id, cancel);
        return facility.State == FacilityState.Open ? facility
            : throw new RuleBroken("facility_not_open", $"{facility.Code} is {facility.State}; workers join at an open facility.").With("state", facility.State);
    }
}
