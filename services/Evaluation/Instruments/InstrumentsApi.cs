using BetterConnections.Contracts;
using BetterConnections.Evaluation.Instruments.XlsForms;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Instruments;

public static class InstrumentsApi
{
    public static void MapInstruments(this IEndpointRouteBuilder app)
    {
        var instruments = app.MapGroup("/api/evaluation/instruments").WithTags("Instruments");

        var read = instruments.MapGroup("").RequireAuthorization(
            Access.For("evaluation.read", Roles.Evaluator, Roles.ProgrammeOffice, Roles.TrainingPartner));
        read.MapGet("/", ReadInstruments.List);
        read.MapGet("/{code}", ReadInstruments.Versions);
        read.MapGet("/{code}/versions/{number:int}", ReadInstruments.One);
        read.MapGet("/{code}/versions/{number:int}/problems", ReadInstruments.Problems);
        read.MapGet("/{code}/versions/{number:int}/form.xml", ReadForm.Xml).Produces(200, contentType: "text/xml");
        read.MapGet("/{code}/versions/{number:int}/form.xlsx", ReadForm.Xlsx).Produces(200, contentType: XlsFormWorkbook.ContentType);

        read.MapGet("/{code}/files", InstrumentFiles.List);
        read.MapGet("/{code}/files/{name}", InstrumentFiles.Read).Produces(200, contentType: "audio/mpeg");

        var write = instruments.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.Evaluator));
        write.MapPost("/", DraftInstrument.New);
        write.MapPost("/import", ImportXlsForm.Handle).Accepts<Stream>(XlsFormWorkbook.ContentType);
        write.MapPut("/{code}/files/{name}", InstrumentFiles.Keep).Accepts<Stream>("audio/mpeg");
        write.MapDelete("/{code}/files/{name}", InstrumentFiles.Discard);
        write.MapPost("/{code}/versions", DraftInstrument.Next);
        write.MapPut("/{code}/versions/{number:int}", DraftInstrument.Edit);
        write.MapDelete("/{code}/versions/{number:int}", DraftInstrument.Discard);
        write.MapPost("/{code}/versions/{number:int}/publish", PublishInstrument.Publish);
        write.MapPost("/{code}/versions/{number:int}/close", PublishInstrument.Close);
    }

    public static async Task<InstrumentVersion> NumberedAsync(this IQueryable<InstrumentVersion> versions, string code, int number, CancellationToken cancel) =>
        await versions.SingleOrDefaultAsync(v => v.InstrumentCode == code && v.Number == number, cancel)
            ?? throw new NotThere("instrument_version_unknown", $"There is no version {number} of {code}.");

    public static async Task<Instrument> CodedAsync(this IQueryable<Instrument> instruments, string code, CancellationToken cancel) =>
        await instruments.SingleOrDefaultAsync(i => i.Code == code, cancel) ?? throw new NotThere("instrument_unknown", $"There is no instrument {code}.");
}
