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
        // A figure of one facility or month may be one person, and a fact is: partner systems read the public figures, which tell of no few.
        var account = app.MapGroup("/api/evaluation/account").WithTags("Account");
        var figures = account.MapGroup("/figures").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Evaluator));
        figures.MapGet("/", ReadFigures.Handle);
        figures.MapGet("/check", CheckFigures.Handle);
        figures.MapGet("/{figure}/months", ReadFigures.ByMonth);
        figures.MapGet("/{figure}/zones", ReadFigures.ByZone);
        figures.MapGet("/{figure}/facts", ListFacts.Handle);
        account.MapGet("/dhis2", ExportDhis2.Handle).RequireAuthorization(Access.For("evaluation.read", Roles.ProgrammeOffice, Roles.Evaluator));

        var open = app.MapGroup("/api/evaluation/public").WithTags("Open data").AllowAnonymous();
        open.MapGet("/", () => TypedResults.Redirect("/api/evaluation/public/scorecard")).ExcludeFromDescription();
        open.MapGet("/scorecard", PublicScorecard.Handle).Produces<Scorecard>();
        open.MapGet("/figures/{figure}", PublicFigure.Handle);
        open.MapGet("/sdg", PublicSdg.Handle);
        open.MapGet("/contributions", PublicContributions.Handle);
        open.MapGet("/iati.xml", ExportIati.Handle);

        app.MapLedger();
    }
}
