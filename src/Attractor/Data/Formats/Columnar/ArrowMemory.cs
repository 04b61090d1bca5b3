using System.Buffers;
using Apache.Arrow.Memory;

namespace Attractor.Data;

/// <summary>Memory for the contents of an Arrow file, no more than it can be worth.</summary>
internal sealed class ArrowMemory(FileBudget budget) : MemoryAllocator(64)
{
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        budget.Take(length);
        bytesAllocated = length;
        return new Owner(new byte[length]);
    }

    private sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose()
        {
        }
    }
}
