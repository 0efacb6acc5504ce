using System.Security.Claims;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Employers;

/// <summary>The programme office's review: approve, or reject with a reason; the rejected may ask again.</summary>
public static class ReviewEmployer
{
    public static Task<EmployerView> Approve(Guid id, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        Do(id, (employer, act) => employer.Approve(act), null, db, user, clock, cancel);

    public static Task<EmployerView> Reject(Guid id, Reason reason, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        Do(id, (employer, act) => employer.Reject(act), reason.Why, db, user, clock, cancel);

    public static Task<EmployerView> AskAgain(Guid id, Reason reason, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        Do(id, (employer, act) => employer.AskAgain(act), reason.Why, db, user, clock, cancel);

    private static async Task<EmployerView> Do(Guid id, Action<Employer, Act> step, string? why, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel)
    {
        var employer = await db.Employers.SeenBy(user).OneAsync(id, cancel);
        step(employer, new Act(user.Subject(), clock.GetUtcNow(), why));
        await db.SaveChangesAsync(cancel);
        return EmployerView.From(employer);
    }
}
