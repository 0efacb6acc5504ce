using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>Alone, for the folder of temporary files is the whole process's. <c>HouseTests</c> of Inventory has a full one.</summary>
[CollectionDefinition(nameof(TemporaryFolderTests), DisableParallelization = true), Collection(nameof(TemporaryFolderTests))]
public class TemporaryFolderTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task A_photograph_that_cannot_be_put_down_is_no_fault_of_the_phone_and_nothing_is_kept()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var (form, before) = (await field.FillAsync(), Environment.GetEnvironmentVariable("TMPDIR"));
        Environment.SetEnvironmentVariable("TMPDIR", Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}")); // is not there
        try
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await SendAsync()).Status);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TMPDIR", before);
        }
        Assert.Equal(0, await evaluation.InDbAsync(db => db.Submissions.CountAsync(s => s.FacilityId == field.FacilityId)));
        Assert.Equal(HttpStatusCode.Created, (await SendAsync()).Status);

        Task<SubmissionAnswer> SendAsync() => field.Phone.PostAsync(new MultipartFormDataContent
        {
            { new StringContent(form.Xml, Encoding.UTF8, "text/xml"), "xml_submission_file", "submission.xml" }, { new ByteArrayContent([0x89, .. "PNG\r\n\u001a\n"u8]), "a", "a" },
        });
    }
}
