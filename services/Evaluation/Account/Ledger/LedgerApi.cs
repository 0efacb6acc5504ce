using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Account.Ledger;

public static class LedgerApi
{
    public static void MapLedger(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api/evaluation/ledger").WithTags("Ledger").RequireAuthorization(Access.For("evaluation.read", Roles.ProgrammeOffice, Roles.Evaluator));
        read.MapGet("/entries", ReadLedger.Entries);
        read.MapGet("/accounts", ReadLedger.TrialBalance);
        read.MapGet("/accounts/{code}/statement", ReadLedger.Statement);
        read.MapGet("/leverage", ReadLedger.Leverage);
        read.MapGet("/rates", SetRate.List);

        var write = app.MapGroup("/api/evaluation/ledger").WithTags("Ledger").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        write.MapPost("/accounts", RecordContribution.OpenAccount);
        write.MapPost("/contributions", RecordContribution.Handle);
        write.MapPost("/entries/{id:guid}/reverse", RecordContribution.Reverse);
        write.MapPost("/rates", SetRate.Handle);
    }
}
