using System.Runtime.InteropServices;
using System.Text;

namespace Attractor.Numerics;

/// <summary>The few functions of MPI that are needed, of whichever library is there.</summary>
/// <remarks>
/// The standard says what the functions are called and what they take, not what a handle is: Open MPI's are the addresses of variables
/// that it exports, those of MPICH and of the libraries with its binary interface (Intel MPI, MVAPICH, Cray MPICH) are numbers.
/// </remarks>
internal sealed unsafe class MpiLibrary
{
    /// <summary>The variable of the environment that names a library.</summary>
    public const string Variable = "ATTRACTOR_MPI";

    // One thread at a time, not always the same (MPI_THREAD_SERIALIZED).
    private const int OneThreadAtATime = 2;

    private const int MpichWorld = 0x44000000, MpichByte = 0x4c00010d;

    private static readonly string[] s_openMpi = ["libmpi.so.40", "libmpi.so.80", "libmpi.40.dylib", "libmpi.dylib"];
    private static readonly string[] s_mpich = ["libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib", "msmpi.dll"];

    // What libraries with the binary interface of MPICH call themselves.
    private static readonly string[] s_families = ["MPICH", "Intel", "MVAPICH", "Cray"];

    private readonly nint _handle, _world, _bytes, _inPlace;

    private MpiLibrary(nint handle, string name)
    {
        (_handle, Name) = (handle, name);
        bool isOpenMpi = NativeLibrary.TryGetExport(handle, "ompi_mpi_comm_world", out nint world);
        (_world, _bytes, _inPlace) = isOpenMpi
            ? (world, NativeLibrary.GetExport(handle, "ompi_mpi_byte"), 1)
            : (MpichWorld, MpichByte, -1);
        if (!isOpenMpi && !HasMpichInterface())
            throw new ArgumentException($"{name} is neither Open MPI nor of MPICH's binary interface: {Variable} names one that is");
    }

    /// <summary>The file that it is, as it was found.</summary>
    public string Name { get; }

    /// <summary>Finds one: that of the <c>mpirun</c> which started this process, if it says so.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static MpiLibrary Load()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return NativeLibrary.TryLoad(named, out nint given)
                ? new(given, named)
                : throw new ArgumentException($"{Variable} names {named}, which is no library that can be loaded");
        bool mpichFirst = Environment.GetEnvironmentVariable("PMI_RANK") is not null
            && Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_RANK") is null;
        foreach (string name in mpichFirst ? [.. s_mpich, .. s_openMpi] : (string[])[.. s_openMpi, .. s_mpich])
            if (NativeLibrary.TryLoad(name, out nint handle))
                return new(handle, name);
        throw new ArgumentException(
            $"there is no MPI on this machine: install Open MPI or MPICH (apt-get install openmpi-bin), or name the library in {Variable}");
    }

    /// <summary>MPI_Init_thread.</summary>
    /// <exception cref="ArgumentException">The library cannot be called from threads.</exception>
    public void Begin()
    {
        int begun, provided;
        ((delegate* unmanaged<int*, int>)Function("MPI_Initialized"))(&begun);
        if (begun != 0)
            throw new InvalidOperationException("A process joins the ranks of MPI once.");
        ((delegate* unmanaged<void*, void*, int, int*, int>)Function("MPI_Init_thread"))(null, null, OneThreadAtATime, &provided);
        if (provided < OneThreadAtATime)
            throw new ArgumentException($"{Name} was built for programs of one thread: name another library in {Variable}");
    }

    /// <summary>MPI_Comm_rank of all processes.</summary>
    public int Rank() => Ask("MPI_Comm_rank");

    /// <summary>MPI_Comm_size of all processes.</summary>
    public int Size() => Ask("MPI_Comm_size");

    // A number in the place of an address: a register holds either, and what takes the number looks at its lower half.
    /// <summary>MPI_Bcast of bytes.</summary>
    public void Broadcast(byte* data, int count, int root)
        => Require(((delegate* unmanaged<void*, int, nint, int, nint, int>)Function("MPI_Bcast"))(data, count, _bytes, root, _world));

    /// <summary>MPI_Allgatherv of bytes, in place.</summary>
    public void Gather(byte* data, int* counts, int* places)
        => Require(((delegate* unmanaged<nint, int, nint, void*, int*, int*, nint, nint, int>)Function("MPI_Allgatherv"))(
            _inPlace, 0, _bytes, data, counts, places, _bytes, _world));

    /// <summary>MPI_Finalize.</summary>
    public void End() => ((delegate* unmanaged<int>)Function("MPI_Finalize"))();

    private int Ask(string function)
    {
        int value;
        Require(((delegate* unmanaged<nint, int*, int>)Function(function))(_world, &value));
        return value;
    }

    private bool HasMpichInterface()
    {
        if (!NativeLibrary.TryGetExport(_handle, "MPI_Get_library_version", out nint function))
            // Microsoft's has the handles of MPICH and an older standard.
            return NativeLibrary.TryGetExport(_handle, "MPI_Allgatherv", out _);
        byte* text = stackalloc byte[8192];
        int length;
        ((delegate* unmanaged<byte*, int*, int>)function)(text, &length);
        string version = Encoding.UTF8.GetString(text, Math.Clamp(length, 0, 8191));
        return Array.Exists(s_families, f => version.Contains(f, StringComparison.OrdinalIgnoreCase));
    }

    private nint Function(string name) => NativeLibrary.GetExport(_handle, name);

    private static void Require(int code)
    {
        if (code != 0)
            throw new IOException($"MPI answers with the error {code}");
    }
}
