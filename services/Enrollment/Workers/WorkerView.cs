using System.Linq.Expressions;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

/// <summary>
/// A worker as the caller may know one: an employer sees that a code has joined, a volunteer and a partner system also
/// which languages to speak, the programme office the person.
/// </summary>
/// <param name="JoinedAt">At the present facility.</param>
/// <param name="Languages">Null to employers.</param>
/// <param name="Person">Null to all but the programme office.</param>
public sealed record WorkerView(string Code, Guid FacilityId, DateTimeOffset JoinedAt, DateTimeOffset? LeftAt,
    IReadOnlyList<string>? Languages = null, PersonView? Person = null)
{
    private static readonly Expression<Func<Worker, WorkerView>> CodeOnly = w => new WorkerView(w.Code, w.FacilityId, w.JoinedAt, w.LeftAt, null, null);

    private static readonly Expression<Func<Worker, WorkerView>> WithLanguages = w =>
        new WorkerView(w.Code, w.FacilityId, w.JoinedAt, w.LeftAt, w.Languages, null);

    private static readonly Expression<Func<Worker, WorkerView>> WithPerson = w =>
        new WorkerView(w.Code, w.FacilityId, w.JoinedAt, w.LeftAt, w.Languages, new PersonView(w.Name, w.Nationality, w.BirthYear, w.Gender,
            w.TrainingConsentAt, w.EvaluationConsentAt, w.ContactConsentAt, w.ErasedAt));

    public static Expression<Func<Worker, WorkerView>> For(ClaimsPrincipal user) =>
        user.IsInRole(Roles.ProgrammeOffice) ? WithPerson
        : user.IsInRole(Roles.Volunteer) || user.HasScope("enrollment.read") ? WithLanguages
        : CodeOnly;

    public static WorkerView From(Worker worker, ClaimsPrincipal user) => For(user).Compile()(worker);
}

/// <param name="ErasedAt">What was known was erased then, on request.</param>
public sealed record PersonView(string? Name, string? Nationality, int? BirthYear, Gender? Gender,
    DateTimeOffset? TrainingConsentAt, DateTimeOffset? EvaluationConsentAt, DateTimeOffset? ContactConsentAt, DateTimeOffset? ErasedAt);
