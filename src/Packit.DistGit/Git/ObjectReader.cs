using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;

namespace Packit.DistGit;

/// <summary>What an object is.</summary>
internal readonly record struct ObjectHeader(string Oid, string Type, long Size);

/// <summary>
/// Reads objects of a repository through one long-lived <c>git cat-file --batch-command</c> (git-cat-file(1)), which costs a
/// process once and some microseconds per object. A damaged or stopped conversation is ended and begun anew at the next call.
/// </summary>
internal sealed class ObjectReader(GitProgram program, string folder) : IAsyncDisposable
{
    // Requests of this number fit into the pipe, so that writing them never waits for answers to be read.
    private const int BatchSize = 256;

    private readonly SemaphoreSlim _turn = new(1);
    private Process? _process;
    private PipeReader? _answers;

    /// <summary>What the named object is; null when it is not here.</summary>
    /// <param name="name">An object name, also with a suffix such as <c>^{commit}</c>.</param>
    public Task<ObjectHeader?> InfoAsync(string name, CancellationToken cancellationToken) =>
        ConverseAsync(token => AskAsync("info", name, token), cancellationToken);

    /// <summary>Content of one object; null when it is not here or is not of the type.</summary>
    /// <exception cref="GitException">The object is larger than <paramref name="cap"/> bytes.</exception>
    public Task<byte[]?> ReadAsync(string oid, string type, int cap, CancellationToken cancellationToken) =>
        ConverseAsync(
            async token =>
            {
                if (await AskAsync("info", oid, token) is not { } header || header.Type != type)
                {
                    return null;
                }

                if (header.Size > cap)
                {
                    throw new GitException(GitFailure.TooLarge, $"The {type} {oid} has {header.Size} bytes; at most {cap} are read.");
                }

                return await AskAsync("contents", oid, token) is { } content ? await ContentAsync(content.Size, token) : null;
            },
            cancellationToken);

    /// <summary>Content of many trees, asked for together.</summary>
    /// <exception cref="GitException">One of them is not here, or the answers are larger than <paramref name="cap"/> bytes.</exception>
    public Task<IReadOnlyList<byte[]>> ReadTreesAsync(IReadOnlyList<string> oids, long cap, CancellationToken cancellationToken) =>
        ConverseAsync<IReadOnlyList<byte[]>>(
            async token =>
            {
                var trees = new List<byte[]>(oids.Count);
                foreach (var batch in oids.Chunk(BatchSize))
                {
                    await WriteAsync(string.Concat(batch.Select(static oid => $"contents {oid}\n")), token);
                    foreach (var oid in batch)
                    {
                        var header = await HeaderAsync(token);
                        if (header is not { Type: "tree" } tree)
                        {
                            throw new InvalidDataException($"The tree {oid} is not in the repository.");
                        }

                        cap -= tree.Size;
                        trees.Add(cap >= 0 ? await ContentAsync(tree.Size, token) : throw new InvalidDataException("The trees are too large."));
                    }
                }

                return trees;
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        await EndAsync();
        _turn.Dispose();
    }

    private async Task<T> ConverseAsync<T>(Func<CancellationToken, Task<T>> talk, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(program.Options.Timeout, program.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var whole = false;
        try
        {
            if (_process is null)
            {
                _process = program.Start(new GitCommand(GitVerb.CatFile, "--batch-command"), folder);
                _answers = PipeReader.Create(_process.StandardOutput.BaseStream);
                // Nothing is expected there; reading it keeps git from waiting for somebody to do so.
                _process.ErrorDataReceived += static (_, _) => { };
                _process.BeginErrorReadLine();
            }

            var result = await talk(stop.Token);
            whole = true;
            return result;
        }
        catch (GitException)
        {
            whole = true;
            throw;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GitException(GitFailure.Timeout, $"Reading objects took longer than {program.Options.Timeout.TotalSeconds:0.#} seconds.");
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            throw new GitException(GitFailure.Unexpected, $"The objects of the repository cannot be read: {broken.Message}", broken);
        }
        finally
        {
            if (!whole)
            {
                await EndAsync();
            }

            _turn.Release();
        }
    }

    private async Task<ObjectHeader?> AskAsync(string what, string name, CancellationToken cancellationToken)
    {
        await WriteAsync($"{what} {name}\n", cancellationToken);
        return await HeaderAsync(cancellationToken);
    }

    private async Task WriteAsync(string requests, CancellationToken cancellationToken)
    {
        var input = _process!.StandardInput.BaseStream;
        await input.WriteAsync(Encoding.ASCII.GetBytes(requests), cancellationToken);
        await input.FlushAsync(cancellationToken);
    }

    private async Task<ObjectHeader?> HeaderAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _answers!.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(read.Buffer.Slice(0, end));
                _answers.AdvanceTo(read.Buffer.GetPosition(1, end));
                return Parse(line);
            }

            _answers.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                throw new InvalidDataException("git cat-file has ended.");
            }
        }
    }

    private static ObjectHeader? Parse(string line)
    {
        if (line.EndsWith(" missing", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = line.Split(' ');
        return parts.Length == 3 && GitName.IsObject(parts[0]) && long.TryParse(parts[2], out var size)
            ? new ObjectHeader(parts[0], parts[1], size)
            : throw new InvalidDataException("git cat-file gave an answer that is not understood.");
    }

    private async Task<byte[]> ContentAsync(long size, CancellationToken cancellationToken)
    {
        var content = new byte[size];
        var read = await _answers!.ReadAtLeastAsync((int)Math.Min(size + 1, 64 * 1024), cancellationToken);
        var filled = 0;
        while (true)
        {
            var piece = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, size - filled));
            piece.CopyTo(content.AsSpan(filled));
            filled += (int)piece.Length;
            if (filled == size && read.Buffer.Length > piece.Length)
            {
                _answers.AdvanceTo(read.Buffer.GetPosition(piece.Length + 1));
                return content;
            }

            _answers.AdvanceTo(piece.End);
            read = read.IsCompleted
                ? throw new InvalidDataException("git cat-file ended within an object.")
                : await _answers.ReadAsync(cancellationToken);
        }
    }

    private async Task EndAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        if (!process.HasExited)
        {
            ProcessGroup.Kill(process);
        }

        await _answers!.CompleteAsync();
        process.Dispose();
        _process = null;
    }
}
