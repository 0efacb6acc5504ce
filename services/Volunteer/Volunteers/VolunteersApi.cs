using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Erasure;
using BetterConnections.Volunteers.Letters;

namespace BetterConnections.Volunteers;

public static class VolunteersApi
{
    // No scope opens these: partner systems have no use for who a volunteer is.
    public static void MapVolunteers(this IEndpointRouteBuilder app)
    {
        var volunteers = app.MapGroup("/api/volunteer/volunteers").WithTags("Volunteers");
        volunteers.MapPost("/", ApplyAsVolunteer.Handle).RequireAuthorization(Access.ForRoles(Roles.Volunteer));

        var read = volunteers.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.TrainingPartner, Roles.Volunteer));
        read.MapGet("/", ListVolunteers.Handle);
        read.MapGet("/{id:guid}", ReadVolunteer.Handle);
        read.MapGet("/{id:guid}/history", ReadVolunteer.History);

        volunteers.MapGet("/{id:guid}/letter", ReadLetter.Handle).RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Volunteer));

        var office = volunteers.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        office.MapPost("/{id:guid}/accept", ScreenVolunteer.Accept);
        office.MapPost("/{id:guid}/reject", ScreenVolunteer.Reject);
        office.MapPost("/{id:guid}/deactivate", DeactivateVolunteer.Handle);
        office.MapPost("/{id:guid}/reactivate", ScreenVolunteer.Reactivate);
        volunteers.MapPost("/{id:guid}/start-training", ScreenVolunteer.StartTraining)
            .RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.TrainingPartner));

        var me = app.MapGroup("/api/volunteer/me").WithTags("Own profile").RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        me.MapGet("", OwnProfile.Read);
        me.MapPut("", OwnProfile.Correct);

        // The stored answer would keep the account, and who repeats it gets the same answer anyway.
        me.MapPost("/erase", EraseVolunteer.Own).WithMetadata(new AnswerNotKept());
        volunteers.MapPost("/{id:guid}/erase", EraseVolunteer.Handle).WithMetadata(new AnswerNotKept())
            .RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Volunteer));
    }
}
