using BetterConnections.Contracts;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Account.Ledger;
using BetterConnections.Evaluation.Account.Reports;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Account;

/// <summary>The programme's account of itself: what it counted, what it was given, and both in the forms others read.</summary>
public static class AccountApi
{
    public static void AddAccount(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(AccountSettings.Read(builder.Configuration));
        builder.Services.AddSingleton(FigureCatalogue.Read());
    }

    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        var account = app.MapGroup("/api/evaluation/account").WithTags("Account").RequireAuthorization(Access.For("evaluation.read", Roles.ProgrammeOffice, Roles.Evaluator));
        account.MapGet("/figures", ReadFigures.Handle);
        account.MapGet("/figures/check", CheckFigures.Handle);
        account.MapGet("/figures/{figure}/months", ReadFigures.ByMonth);
        account.MapGet("/figures/{figure}/zones", ReadFigures.ByZone);
        account.MapGet("/dhis2", ExportDhis2.Handle);
        // A fact may be one person: who completed a course, by id.
        app.MapGet("/api/evaluation/account/figures/{figure}/facts", ListFacts.Handle).WithTags("Account").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Evaluator));

        var open = app.MapGroup("/api/evaluation/public").WithTags("Open data").AllowAnonymous();
        open.MapGet("/", () => TypedResults.Redirect("/api/evaluation/public/scorecard")).ExcludeFromDescription();
        open.MapGet("/scorecard", PublicScorecard.Handle);
        open.MapGet("/figures/{figure}", PublicFigure.Handle);
        open.MapGet("/sdg", PublicSdg.Handle);
        open.MapGet("/contributions", PublicContributions.Handle);
        open.MapGet("/iati.xml", ExportIati.Handle);

        app.MapLedger();
    }
}
