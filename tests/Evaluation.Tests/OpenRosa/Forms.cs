using BetterConnections.Contracts;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>Small instruments of a test's own, to publish again and to close.</summary>
internal static class Forms
{
    public static async Task<(string Code, string FormId)> PublishAsync(EvaluationApp app)
    {
        var code = $"T{Random.Shared.Next(1_000_000, 99_999_999)}";
        var form = $"test-{code.ToLowerInvariant()}";
        await app.As(Roles.Evaluator).PostAsync<InstrumentVersionView>("/api/evaluation/instruments", new
        {
            code, formId = form, title = "Test", respondent = "Worker", languages = new[] { "en" },
            scales = new[] { new { name = "YN", choices = new[] { new { value = "yes", label = new { en = "Yes" } }, new { value = "no", label = new { en = "No" } } } } },
            items = new object[]
            {
                new { type = "SelectOneFromFile", name = "facility", file = "facilities.csv", label = new { en = "Facility" } },
                new { type = "Barcode", name = "card", label = new { en = "Card" } },
                new { type = "SelectOne", name = "AC1", scale = "YN", label = new { en = "Did you?" } },
                new { type = "Integer", name = "N1", label = new { en = "How many?" } },
            },
        });
        await PublishLatestAsync(app, code, 1);
        return (code, form);
    }

    public static async Task PublishNextAsync(EvaluationApp app, string code)
    {
        await app.As(Roles.Evaluator).PostAsync<InstrumentVersionView>($"/api/evaluation/instruments/{code}/versions");
        await PublishLatestAsync(app, code, 2);
    }

    public static Task CloseAsync(EvaluationApp app, string code, int number) => app.As(Roles.Evaluator).PostAsync<InstrumentVersionSummary>($"/api/evaluation/instruments/{code}/versions/{number}/close");

    private static Task PublishLatestAsync(EvaluationApp app, string code, int number) =>
        app.As(Roles.Evaluator).PostAsync<InstrumentVersionSummary>($"/api/evaluation/instruments/{code}/versions/{number}/publish");
}
