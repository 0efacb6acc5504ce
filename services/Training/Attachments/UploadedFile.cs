using System.Security.Cryptography;
using BetterConnections.Documents;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace BetterConnections.Training.Attachments;

/// <summary>A file on its way into the database, by way of the disk: a film never stands in memory as a whole.</summary>
internal sealed class UploadedFile : IAsyncDisposable
{
    private readonly FileStream _file = new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
    });

    private UploadedFile() { }

    public byte[] Sha256 { get; private set; } = [];
    public int Bytes => (int)_file.Length;

    /// <summary>Stops reading at the limit, and at the first bytes if they are of another type.</summary>
    public static async Task<UploadedFile> TakeAsync(Stream body, FileKind kind, CancellationToken cancel)
    {
        var taken = new UploadedFile();
        try
        {
            await taken.ReadAsync(body, kind, cancel);
            return taken;
        }
        catch
        {
            await taken.DisposeAsync();
            throw;
        }
    }

    private async Task ReadAsync(Stream body, FileKind kind, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        var read = await body.ReadAtLeastAsync(buffer, FileSignature.Length, throwOnEndOfStream: false, cancel);
        var type = FileSignature.TypeOf(buffer.AsSpan(0, Math.Min(read, FileSignature.Length)));
        if (type != kind.ContentType) throw NotWhatItSays($"The name says {kind.ContentType}, the content is {type ?? "of no type that can be attached"}.");
        for (; read > 0; read = await body.ReadAsync(buffer, cancel))
        {
            if (_file.Length + read > kind.Limit) throw TooLarge(kind);
            hash.AppendData(buffer, 0, read);
            await _file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        Sha256 = hash.GetHashAndReset();
    }

    /// <summary>Once, whoever attached the same bytes before.</summary>
    public async Task StoreAsync(DbContext db, string contentType, CancellationToken cancel)
    {
        _file.Position = 0;
        await using var insert = new NpgsqlCommand("insert into attachment_contents (sha256, content_type, bytes, content) values ($1, $2, $3, $4) on conflict do nothing",
            (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters =
            {
                new() { Value = Sha256 },
                new() { Value = contentType },
                new() { Value = Bytes },
                new() { Value = _file, NpgsqlDbType = NpgsqlDbType.Bytea },
            },
        };
        await insert.ExecuteNonQueryAsync(cancel);
    }

    public static Refused NotWhatItSays(string sentence) => new(415, "attachment_not_what_it_says", sentence);

    public static Refused TooLarge(FileKind kind) => new(413, "file_too_large", $"A file of type {kind.ContentType} has at most {kind.Limit / 1024} KiB.");

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
