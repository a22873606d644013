namespace Packit.Http;

/// <summary>Reads bodies with a cap, so that no answer can fill the memory.</summary>
public static class BodyReader
{
    /// <summary>Reads a whole body.</summary>
    /// <param name="body">The stream, read to its end.</param>
    /// <param name="cap">The most bytes that are accepted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes, or null when there are more than <paramref name="cap"/>.</returns>
    public static async Task<byte[]?> ReadAsync(Stream body, int cap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        using var collected = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (collected.Length + read > cap)
            {
                return null;
            }

            await collected.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return collected.ToArray();
    }
}
