using System.Runtime.ExceptionServices;

namespace Attractor.Numerics;

/// <summary>A rank that is a thread.</summary>
internal sealed unsafe class ThreadCommunicator : Communicator
{
    private readonly Meeting _meeting;

    private ThreadCommunicator(Meeting meeting, int rank) => (_meeting, Rank) = (meeting, rank);

    public override int Rank { get; }

    public override int Size => _meeting.Data.Length;

    public static void Run(int ranks, Action<Communicator> work)
    {
        using Meeting meeting = new(ranks);
        Exception?[] failures = new Exception?[ranks];
        Thread[] threads = [.. Enumerable.Range(0, ranks).Select(rank => new Thread(() =>
        {
            using ThreadCommunicator own = new(meeting, rank);
            try
            {
                own.Together(() => work(own));
            }
            catch (Exception e) when (e is not null)
            {
                // Thrown by the caller's thread, once all have ended.
                failures[rank] = e;
            }
        }) { Name = $"attractor: rank {rank}" })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        if (Array.Find(failures, f => f is not null) is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    public override void Broadcast(Span<byte> data, int root)
    {
        fixed (byte* own = data)
        {
            _meeting.Data[Rank] = (nint)own;
            _meeting.All.SignalAndWait();
            if (Rank != root)
                new Span<byte>((byte*)_meeting.Data[root], data.Length).CopyTo(data);
            _meeting.All.SignalAndWait();
        }
    }

    protected override void Gather(Span<byte> data, long[] starts)
    {
        fixed (byte* own = data)
        {
            _meeting.Data[Rank] = (nint)own;
            _meeting.All.SignalAndWait();
            for (int rank = 0; rank < Size; rank++)
                if (rank != Rank)
                {
                    long length = starts[rank + 1] - starts[rank];
                    Buffer.MemoryCopy((byte*)_meeting.Data[rank] + starts[rank], own + starts[rank], length, length);
                }
            _meeting.All.SignalAndWait();
        }
    }

    /// <summary>Where all ranks lay down what they have, and wait for each other.</summary>
    private sealed class Meeting(int ranks) : IDisposable
    {
        public nint[] Data { get; } = new nint[ranks];

        public Barrier All { get; } = new(ranks);

        public void Dispose() => All.Dispose();
    }
}
