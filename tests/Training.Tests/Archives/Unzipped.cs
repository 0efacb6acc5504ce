using System.IO.Compression;
using BetterConnections.Testing;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Tests.Archives;

/// <summary>An archive as it lies on somebody's USB stick; gone when the test ends.</summary>
internal sealed class Unzipped : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("archive");

    private Unzipped(byte[] zip) => ZipFile.ExtractToDirectory(new MemoryStream(zip), _folder.FullName);

    public static async Task<Unzipped> GetAsync(HttpClient client, string address) => new(await client.GetByteArrayAsync(address));

    /// <summary>The address of the version in use of a toolkit that comes with the system.</summary>
    public static async Task<string> StarterAsync(HttpClient client, string code)
    {
        var toolkit = (await client.GetAsync<Postgres.Page<ToolkitView>>($"/api/training/toolkits?code={code}")).Items.Single();
        return $"/api/training/toolkits/{toolkit.Id}/versions/{toolkit.Versions.Single(v => v.State == VersionState.Published).Number}";
    }

    public IEnumerable<string> Files => _folder.EnumerateFiles("*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(_folder.FullName, f.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(_folder.FullName, file));

    public string Text(string file) => File.ReadAllText(Path.Combine(_folder.FullName, file));

    /// <summary>As a double click opens it.</summary>
    public string Address(string file) => new Uri(Path.Combine(_folder.FullName, file)).AbsoluteUri;

    public void Dispose() => _folder.Delete(recursive: true);
}
