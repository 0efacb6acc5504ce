using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BetterConnections.Training.Archives;

/// <summary>A file of an archive; what it holds is opened only when it is written.</summary>
/// <param name="Path">With <c>/</c>, from the archive's root.</param>
public sealed record ArchiveFile(string Path, byte[] Sha256, int Bytes, Func<Stream> Open)
{
    public static ArchiveFile Text(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(path, SHA256.HashData(bytes), bytes.Length, () => new MemoryStream(bytes));
    }
}

/// <summary>
/// A ZIP of which every byte follows from what is in it: files in their given order, all with one date, and a <c>manifest.json</c>
/// with their hashes, by which a facility sees whether its copy is whole and the latest.
/// </summary>
public sealed class Archive
{
    private static readonly DateTimeOffset Date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the earliest that the format knows
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly IReadOnlyList<ArchiveFile> _files;

    /// <param name="of">What the archive is of; stands in the manifest.</param>
    public Archive(IReadOnlyList<ArchiveFile> files, object of)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files) all.AppendData(Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(file.Sha256)}  {file.Path}\n"));
        // What sha256sum prints for all files but the manifest, hashed once more: a facility can reckon it without us.
        var hash = Convert.ToHexStringLower(all.GetHashAndReset());
        var manifest = JsonSerializer.Serialize(new
        {
            of,
            hash,
            files = files.Select(f => new { f.Path, sha256 = Convert.ToHexStringLower(f.Sha256), f.Bytes }),
        }, Readable);
        _files = [.. files, ArchiveFile.Text("manifest.json", manifest)];
        Tag = Convert.ToHexStringLower(_files[^1].Sha256);
    }

    /// <summary>Of everything, the manifest included: another tag means other bytes.</summary>
    public string Tag { get; }

    /// <summary>Streams: neither the archive nor a film in it stands in memory as a whole.</summary>
    public async Task WriteAsync(Stream to, CancellationToken cancel)
    {
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancel);
        foreach (var file in _files)
        {
            var entry = zip.CreateEntry(file.Path, CompressionLevel.Optimal);
            entry.LastWriteTime = Date;
            await using var into = await entry.OpenAsync(cancel);
            await using var from = file.Open();
            await from.CopyToAsync(into, cancel);
        }
    }
}
