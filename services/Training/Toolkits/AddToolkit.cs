using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Training.Toolkits;

/// <param name="Code">Unique (else 409 <c>toolkit_code_taken</c>).</param>
/// <param name="Topic">One of the programme's, or <c>teaching-adults</c> (else 400 <c>topic_unknown</c>).</param>
public sealed record NewToolkit(
    [Required, RegularExpression("[a-z0-9]+(-[a-z0-9]+)*"), StringLength(60)] string Code,
    [Required] string Topic,
    Audience Audience,
    string DefaultLanguage = "en");

public static class AddToolkit
{
    /// <summary>A toolkit without a version; the next step is to start one.</summary>
    public static async Task<Created<ToolkitView>> Handle(NewToolkit request, TrainingDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var toolkit = Toolkit.Add(request.Code, request.Topic, request.Audience, request.DefaultLanguage, programme, user.Subject(), clock.GetUtcNow());
        db.Toolkits.Add(toolkit);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/training/toolkits/{toolkit.Id}",
            new ToolkitView(toolkit.Id, toolkit.Code, toolkit.Topic, toolkit.Audience, toolkit.DefaultLanguage, []));
    }
}
