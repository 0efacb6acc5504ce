using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.Training.Tests;

public class ApiDocumentTests(TrainingApp app)
{
    [Fact]
    public async Task The_api_document_is_open_to_all_and_tells_of_toolkits_and_archives()
    {
        var paths = (await app.Anonymous().GetAsync<JsonElement>("/openapi/training.json")).GetProperty("paths");

        foreach (var path in new[] { "/api/training/toolkits", "/api/training/archive", "/api/training/toolkits/{id}/versions/{number}/attachments/{name}" })
            Assert.True(paths.TryGetProperty(path, out _), $"{path} is not among {string.Join(", ", paths.EnumerateObject().Select(p => p.Name))}");
    }
}
