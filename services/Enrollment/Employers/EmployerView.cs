using System.Linq.Expressions;
using System.Security.Claims;
using BetterConnections.Contracts;

namespace BetterConnections.Enrollment.Employers;

/// <param name="Contact">Null for the regulator, who reads compliance only.</param>
public sealed record EmployerView(Guid Id, string CommercialRegistration, string Name, EmployerState State, DateTimeOffset StateSince,
    DateTimeOffset RegisteredAt, EmployerContact? Contact)
{
    public static readonly Expression<Func<Employer, EmployerView>> Of = e => new EmployerView(e.Id, e.CommercialRegistration, e.Name, e.State, e.StateSince,
        e.RegisteredAt, new EmployerContact(e.ContactName, e.ContactEmail, e.ContactPhone));

    private static readonly Func<Employer, EmployerView> Compiled = Of.Compile();

    public static EmployerView From(Employer employer) => Compiled(employer);

    /// <summary>Without what this caller has no need to know.</summary>
    public EmployerView For(ClaimsPrincipal user) => user.IsInRole(Roles.Regulator) ? this with { Contact = null } : this;
}

public sealed record EmployerContact(string? Name, string? Email, string? Phone);

public sealed record EmployerEventView(int Seq, DateTimeOffset At, string By, string? Why, EmployerState State);
