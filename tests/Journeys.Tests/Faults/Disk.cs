namespace BetterConnections.Journeys.Tests.Faults;

/// <summary>The disk that all data and logs of the system are on, where <c>./bc test --faults</c> could make a small one for it.</summary>
internal sealed class Disk(Bc bc)
{
    private const int Block = 1024 * 1024;

    /// <summary>Only root may make one.</summary>
    public bool IsSmall => Environment.GetEnvironmentVariable("BC_FAULTS_DISK") == Path.GetFileName(bc.RunDirectory);

    private string Ballast => Path.Combine(bc.RunDirectory, "ballast");

    public Fault Full(TimeSpan lasts) => new("disk full", FillAsync, FreeAsync, lasts);

    private async Task FillAsync()
    {
        await using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = new byte[Block]; block.Length > 0;)
        {
            try
            {
                await file.WriteAsync(block);
            }
            catch (IOException)
            {
                block = new byte[block.Length / 2]; // to the last byte
            }
        }
    }

    private Task FreeAsync()
    {
        File.Delete(Ballast);
        return Task.CompletedTask;
    }
}
