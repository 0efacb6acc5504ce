using Npgsql;

namespace BetterConnections.Training.Attachments;

/// <summary>
/// An attachment's bytes, read from the database in parts as they are asked for: seekable, so that a film can be entered in its
/// middle, and never in memory as a whole.
/// </summary>
public sealed class ContentStream(NpgsqlDataSource database, byte[] sha256, int length) : Stream
{
    private const int Part = 256 * 1024;
    private byte[] _part = [];
    private long _partStart;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
    {
        if (Position >= length || buffer.IsEmpty) return 0;
        if (Position < _partStart || Position >= _partStart + _part.Length) await FetchAsync(cancel);
        var from = _part.AsMemory((int)(Position - _partStart));
        var count = Math.Min(from.Length, buffer.Length);
        from[..count].CopyTo(buffer);
        Position += count;
        return count;
    }

    private async Task FetchAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select substring(content from $2 for $3) from attachment_contents where sha256 = $1");
        foreach (var value in new object[] { sha256, (int)Position + 1, Part }) command.Parameters.Add(new() { Value = value });
        (_part, _partStart) = ((byte[])(await command.ExecuteScalarAsync(cancel))!, Position);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel) => ReadAsync(buffer.AsMemory(offset, count), cancel).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => length,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Flush() { }
}
