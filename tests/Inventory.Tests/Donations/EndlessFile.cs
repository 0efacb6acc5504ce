namespace BetterConnections.Inventory.Tests.Donations;

/// <summary>A body that counts how far somebody reads it; its length is not known.</summary>
internal sealed class EndlessFile(long size, string start = "") : Stream
{
    public long BytesRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, size - BytesRead);
        for (var i = 0; i < read; i++) buffer[offset + i] = (byte)(BytesRead + i < start.Length ? start[(int)BytesRead + i] : 'x');
        BytesRead += read;
        return read;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
