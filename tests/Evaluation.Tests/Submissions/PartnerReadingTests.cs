using System.Net;
using BetterConnections.Evaluation.Tests.Waves;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Submissions;

/// <summary>What a partner system sees of the people asked: by one scope only what tells of no few, by another the interviews under pseudonyms.</summary>
public class PartnerReadingTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task Single_interviews_and_counts_of_few_want_a_scope_that_says_so_and_no_scope_shows_the_card()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(2);
        var worker = survey.Places[0].Workers[0];
        await survey.OpenAsync();
        await survey.DrawAsync(new { perCluster = 2 });
        var interview = $"/api/evaluation/submissions/{(await survey.SubmitAsync(survey.Places[0], worker)).Id}";
        string[] people = ["/api/evaluation/submissions", interview, $"{interview}/attachments", "/api/evaluation/forms/bc-worker-baseline/submissions.csv",
            "/api/evaluation/forms/bc-worker-baseline.svc", "/api/evaluation/forms/bc-worker-baseline.svc/$metadata", "/api/evaluation/forms/bc-worker-baseline.svc/Submissions",
            $"{survey.Address}/assignments", $"{survey.Address}/samples/1/members", $"{survey.Address}/samples/1/clusters", $"{survey.Address}/facilities"];
        string[] counts = [survey.Address, $"{survey.Address}/samples", "/api/evaluation/analyses", "/api/evaluation/account/dhis2?period=2026"];
        const string Figures = "/api/evaluation/account/figures";
        string[] staff = [$"{interview}/body", $"{Figures}?facilityId={survey.Places[0].Id}", $"{Figures}/check", $"{Figures}/courses-completed/months", $"{Figures}/courses-completed/zones",
            $"{Figures}/courses-completed/facts"];
        var (results, interviews) = (evaluation.WithScope("evaluation.read"), evaluation.WithScope("evaluation.interviews"));

        foreach (var path in counts)
        {
            await results.GetStringAsync(path);
            await interviews.GetAsync(path).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        }
        foreach (var path in people)
        {
            await results.GetAsync(path).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
            Assert.DoesNotContain(worker.Code, await interviews.GetStringAsync(path));
        }
        foreach (var path in staff)
        {
            await results.GetAsync(path).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
            await interviews.GetAsync(path).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
            await survey.Evaluator.GetStringAsync(path);
        }
    }
}
