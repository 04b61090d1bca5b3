using System.Globalization;

namespace Attractor.Numerics;

/// <summary>A rank that is a process of MPI (Message Passing Interface Forum, "MPI: A Message-Passing Interface Standard", 2021).</summary>
internal sealed class MpiCommunicator : Communicator
{
    // Counts of the standard's functions are 32 bits wide.
    private const int Piece = 1 << 30;

    private readonly MpiLibrary _library;
    private bool _left;

    private MpiCommunicator(MpiLibrary library)
        => (_library, Rank, Size) = (library, library.Rank(), library.Size());

    public override int Rank { get; }

    public override int Size { get; }

    public static MpiCommunicator Join()
    {
        MpiLibrary library = MpiLibrary.Load();
        library.Begin();
        MpiCommunicator joined = new(library);
        if (Launched() is { } started && started != joined.Size)
        {
            joined.Dispose();
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"mpirun started {started} processes of which {library.Name} knows {joined.Size}: it is of another MPI; "
                + $"{MpiLibrary.Variable} names the library of that mpirun"));
        }
        return joined;
    }

    public override unsafe void Broadcast(Span<byte> data, int root)
    {
        fixed (byte* start = data)
            for (int at = 0; at < data.Length; at += Piece)
                _library.Broadcast(start + at, Math.Min(Piece, data.Length - at), root);
    }

    protected override unsafe void Gather(Span<byte> data, long[] starts)
    {
        if (Size == 1)
            return;
        if (starts[^1] > Piece)
        {
            for (int rank = 0; rank < Size; rank++)
                Broadcast(data[(int)starts[rank]..(int)starts[rank + 1]], rank);
            return;
        }
        int* counts = stackalloc int[Size], places = stackalloc int[Size];
        for (int rank = 0; rank < Size; rank++)
            (counts[rank], places[rank]) = ((int)(starts[rank + 1] - starts[rank]), (int)starts[rank]);
        fixed (byte* start = data)
            _library.Gather(start, counts, places);
    }

    protected override void Dispose(bool disposing)
    {
        if (!_left)
            _library.End();
        _left = true;
        base.Dispose(disposing);
    }

    // What Open MPI, and what MPICH and those that go with it, tell the processes that they start.
    private static int? Launched()
    {
        foreach (string variable in (string[])["OMPI_COMM_WORLD_SIZE", "PMI_SIZE"])
            if (int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int size))
                return size;
        return null;
    }
}
