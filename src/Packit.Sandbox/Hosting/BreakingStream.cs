using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Packit.Sandbox.Hosting;

/// <summary>A response body that goes out as usual up to a number of bytes; then the connection breaks.</summary>
internal sealed class BreakingStream(HttpContext http, long allowed) : Stream
{
    private readonly Stream _inner = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().Stream;
    private long _left = allowed;

    public bool Broken { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Broken)
        {
            return;
        }

        int part = (int)Math.Min(_left, buffer.Length);
        await _inner.WriteAsync(buffer[..part], cancellationToken);
        _left -= part;
        if (part < buffer.Length)
        {
            Broken = true;
            await _inner.FlushAsync(cancellationToken);
            http.Abort();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Broken ? Task.CompletedTask : _inner.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The body is written asynchronously.");

    public override void Flush()
    {
        // Everything goes out with the asynchronous writes.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
