using System.Buffers;
using System.Security.Cryptography;

namespace Packit.DistGit;

/// <summary>Copies a stream while hashing it, with a cap.</summary>
internal static class HashedCopy
{
    private const int BufferSize = 128 * 1024;

    /// <param name="source">Read to its end.</param>
    /// <param name="target">Written.</param>
    /// <param name="hash">Fed with what is copied.</param>
    /// <param name="cap">The most bytes.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <param name="onProgress">Called after each piece.</param>
    /// <returns>The number of bytes, or null when there are more than <paramref name="cap"/>.</returns>
    public static async Task<long?> RunAsync(
        Stream source, Stream target, IncrementalHash hash, long cap, CancellationToken cancellationToken, Action? onProgress = null)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long size = 0;
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                size += read;
                if (size > cap)
                {
                    return null;
                }

                onProgress?.Invoke();
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return size;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
