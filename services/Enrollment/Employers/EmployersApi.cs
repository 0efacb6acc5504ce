using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Employers;

public static class EmployersApi
{
    public static void MapEmployers(this IEndpointRouteBuilder app)
    {
        var employers = app.MapGroup("/api/enrollment/employers").WithTags("Employers");

        employers.MapPost("/", RegisterEmployer.Handle).RequireAuthorization(Access.ForRoles(Roles.Employer));

        var read = employers.MapGroup("").RequireAuthorization(Access.For("enrollment.read", Roles.ProgrammeOffice, Roles.Regulator, Roles.Employer));
        read.MapGet("/", ListEmployers.Handle);
        read.MapGet("/{id:guid}", ReadEmployer.Handle);

        var own = employers.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Employer));
        own.MapGet("/{id:guid}/history", ReadEmployer.History);
        own.MapPut("/{id:guid}", ChangeEmployer.Handle);
        own.MapPost("/{id:guid}/ask-again", ReviewEmployer.AskAgain);

        var review = employers.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        review.MapPost("/{id:guid}/approve", ReviewEmployer.Approve);
        review.MapPost("/{id:guid}/reject", ReviewEmployer.Reject);
    }
}
