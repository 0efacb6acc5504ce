using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Instruments.XlsForms;

/// <param name="Code">Which instrument it is, where the workbook does not say and its form is not known.</param>
/// <param name="Respondent">Who is asked, likewise.</param>
/// <param name="DryRun">Reads and checks, but stores nothing.</param>
public sealed record ImportOptions([property: RegularExpression("[A-Z][A-Z0-9]{0,9}")] string? Code = null, RespondentGroup? Respondent = null, bool DryRun = false);

/// <param name="Number">Of the draft that was made, or would be.</param>
/// <param name="Items">How many were read, groups included.</param>
/// <param name="Problems">What is still to be mended before it can be published, by sheet, row and column.</param>
public sealed record XlsFormReport(bool DryRun, string Code, string FormId, int Number, int Items, IReadOnlyList<string> Languages, IReadOnlyList<XlsFormError> Problems);

public static class ImportXlsForm
{
    /// <summary>The <c>.xlsx</c> as the body. 400 <c>xlsform_not_supported</c> names everything not understood, and stores nothing; else there is a new draft.</summary>
    public static async Task<XlsFormReport> Handle([AsParameters] ImportOptions options, HttpRequest request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel)
    {
        var sheets = XlsFormWorkbook.Read(await request.BufferAsync(XlsFormWorkbook.Largest, cancel));
        var formId = XlsFormImport.FormIdOf(sheets);
        var known = await db.InstrumentVersions.AsNoTracking().Where(v => v.FormId == formId).OrderByDescending(v => v.Number)
            .Select(v => new { v.InstrumentCode, v.Respondent }).FirstOrDefaultAsync(cancel);

        var (definition, errors, places) = XlsFormImport.Read(sheets, options.Code ?? known?.InstrumentCode, options.Respondent ?? known?.Respondent);
        if (definition is null)
            throw new BadInput("xlsform_not_supported", $"{errors.Count} things in the workbook are not understood; they stand in 'errors'.").With("errors", errors);
        RequireShape(definition, places);

        var instrument = await db.Instruments.SingleOrDefaultAsync(i => i.Code == definition.Code, cancel);
        if (instrument is null) db.Add(instrument = Instrument.Create(definition, clock.GetUtcNow()));
        var draft = instrument.Draft(definition, user.Subject(), clock.GetUtcNow());
        if (!options.DryRun)
        {
            db.Add(draft);
            await db.SaveChangesAsync(cancel);
        }
        return new(options.DryRun, definition.Code, definition.FormId, draft.Number, definition.Placed().Count(), definition.Languages,
            [.. Linter.Check(definition, await db.StandardForAsync(definition.Code, draft.Number, cancel)).Select(places.Of)]);
    }

    /// <summary>The rules that a definition in JSON is held to on arrival.</summary>
    private static void RequireShape(InstrumentDefinition definition, XlsFormPlaces places)
    {
        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(definition, new(definition), wrong, validateAllProperties: true))
            throw new BadInput("xlsform_not_supported", "The settings are not as documented.")
                .With("errors", wrong.Select(w => places.OfSetting(w.MemberNames.First(), "value_unsupported", w.ErrorMessage ?? "")));
    }

    /// <exception cref="Refused">413 file_too_large</exception>
    internal static async Task<MemoryStream> BufferAsync(this HttpRequest request, int largest, CancellationToken cancel)
    {
        var content = new MemoryStream();
        var buffer = new byte[16384];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (content.Length + read > largest)
                throw new Refused(StatusCodes.Status413PayloadTooLarge, "file_too_large", $"At most {largest / 1024 / 1024} MiB.");
            content.Write(buffer, 0, read);
        }
        content.Position = 0;
        return content;
    }
}
