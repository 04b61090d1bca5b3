using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Attractor.Numerics;

/// <summary>Processes that work on one fit together, each of which is a rank: the first of them, 0, speaks for all.</summary>
/// <remarks>
/// All ranks run the same program on the same data and settings. What is summed over the data is cut into parts that do not depend on the
/// number of ranks; each rank does a share of them, all get the parts of all, and each adds them up in their order: any number of ranks
/// gives the same bits, which are those of one process. What fails on one rank, or is cancelled there, ends on all of them at the same
/// place. Not thread-safe.
/// </remarks>
public abstract class Communicator : IDisposable
{
    private const int MostMessage = 2000;

    private readonly CancellationTokenSource _agreed = new();
    private CancellationToken _own;
    private Exception? _told;

    /// <summary>Which of the processes this one is, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>How many there are.</summary>
    public abstract int Size { get; }

    /// <summary>Joins the processes that <c>mpirun</c> started together with this one; alone, there is one rank.</summary>
    /// <exception cref="ArgumentException">There is no MPI on this machine, or another one than that of <c>mpirun</c>.</exception>
    public static Communicator Mpi() => MpiCommunicator.Join();

    /// <summary>Ranks that are threads of this process: what a program does on many machines can be tried on one.</summary>
    /// <param name="ranks">How many.</param>
    /// <param name="work">What each does.</param>
    public static void OnThreads(int ranks, Action<Communicator> work)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ranks);
        ArgumentNullException.ThrowIfNull(work);
        ThreadCommunicator.Run(ranks, work);
    }

    /// <summary>Takes note of what cancels this rank.</summary>
    /// <param name="own">That of this rank.</param>
    /// <returns>What is cancelled on all ranks at the same place, once it is cancelled on one.</returns>
    public CancellationToken Watch(CancellationToken own)
    {
        if (own != _agreed.Token)
            _own = own;
        return _agreed.Token;
    }

    /// <summary>Does something that may fail on some ranks; then it fails on all.</summary>
    /// <param name="work">What is done.</param>
    /// <exception cref="OperationCanceledException">It was cancelled on some rank.</exception>
    /// <exception cref="IOException">It failed on another rank; where the kind of the failure is known it is thrown here too.</exception>
    public void Together(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Exception? failure = null;
        try
        {
            work();
        }
        catch (Exception e) when (e != _told)
        {
            // It is thrown below, when the others know of it.
            failure = e;
        }
        const byte Cancelled = 0x80;
        byte[] states = new byte[Size];
        states[Rank] = (byte)(RankFailure.KindOf(failure) | (_own.IsCancellationRequested ? Cancelled : 0));
        Gather(states, Enumerable.Range(0, Size + 1).Select(r => (long)r).ToArray());
        if (Array.Exists(states, s => (s & Cancelled) != 0 || s == RankFailure.WasCancelled))
            _agreed.Cancel();
        int first = Array.FindIndex(states, s => (s & ~Cancelled) != 0);
        if (first < 0)
            return;
        byte kind = (byte)(states[first] & ~Cancelled);
        byte[] message = new byte[MostMessage];
        if (Rank == first)
            Encoding.UTF8.GetBytes(failure!.Message.AsSpan(0, Math.Min(failure.Message.Length, MostMessage / 4)), message);
        Broadcast(message, first);
        _told = failure ?? RankFailure.Of(kind, string.Create(
            CultureInfo.InvariantCulture, $"rank {first}: {Encoding.UTF8.GetString(message).TrimEnd('\0')}"));
        ExceptionDispatchInfo.Throw(_told);
    }

    /// <summary>Refuses ranks on which something is not what it is on the first.</summary>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="value">What it is here.</param>
    /// <exception cref="ArgumentException">It is something else on one of them.</exception>
    public void RequireSame(string what, string value)
    {
        byte[] first = new byte[MostMessage];
        Encoding.UTF8.GetBytes(value.AsSpan(0, Math.Min(value.Length, MostMessage / 4)), first);
        byte[] own = [.. first];
        // Whoever failed before says so here.
        Together(() => { });
        Broadcast(first, 0);
        Together(() =>
        {
            if (!own.AsSpan().SequenceEqual(first))
                throw new ArgumentException(
                    $"{what} is {value} and not {Encoding.UTF8.GetString(first).TrimEnd('\0')} as on rank 0: all ranks need the same");
        });
    }

    /// <summary>Gives all ranks what the first one has, of a length that only it knows.</summary>
    /// <param name="data">On rank 0, what it has; elsewhere null.</param>
    public byte[] FromFirst(byte[]? data)
    {
        long[] length = [data?.LongLength ?? 0];
        Broadcast(MemoryMarshal.AsBytes(length.AsSpan()), 0);
        byte[] all = Rank == 0 ? data! : new byte[length[0]];
        Broadcast(all, 0);
        return all;
    }

    /// <summary>Gives all ranks the bytes that one of them has. What may fail before it is done <see cref="Together"/>.</summary>
    /// <param name="data">Of the same length on all.</param>
    /// <param name="root">Which has them.</param>
    public abstract void Broadcast(Span<byte> data, int root);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The share of this rank in a number of parts.</summary>
    internal (int First, int End) Share(int parts) => (Start(parts, Rank), Start(parts, Rank + 1));

    /// <summary>Whose share a part is.</summary>
    internal int OwnerOf(int part, int parts)
    {
        int owner = 0;
        while (Start(parts, owner + 1) <= part)
            owner++;
        return owner;
    }

    /// <summary>Does a share of some work, of which all ranks know all of what came out afterwards.</summary>
    /// <param name="work">Does it; it writes this rank's share of the values.</param>
    /// <param name="values">As many for each part.</param>
    /// <param name="parts">How many parts there are.</param>
    internal void Exchange<T>(Action work, T[] values, int parts)
        where T : unmanaged
    {
        Together(work);
        long each = parts > 0 ? values.LongLength / parts * Marshal.SizeOf<T>() : 0;
        Gather(MemoryMarshal.AsBytes(values.AsSpan()), [.. Enumerable.Range(0, Size + 1).Select(r => Start(parts, r) * each)]);
    }

    /// <summary>Gives all ranks the bytes of all.</summary>
    /// <param name="data">Those of rank r, which it has, begin at the r-th place and end at the next.</param>
    /// <param name="starts">The places, one more than there are ranks.</param>
    protected abstract void Gather(Span<byte> data, long[] starts);

    /// <summary>Leaves.</summary>
    protected virtual void Dispose(bool disposing) => _agreed.Dispose();

    private int Start(int parts, int rank) => (int)((long)parts * rank / Size);
}
