using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Native;

/// <summary>The C interface: one call for all functions, settings and answers as JSON, arrays as pointers.</summary>
/// <remarks>
/// <code>
/// int attractor_call(const char *function, const char *settings,
///     const attractor_array *inputs, int32_t input_count,
///     attractor_array *outputs, int32_t output_capacity, int32_t *output_count,
///     char **answer, int (*progress)(const char *json, void *context), void *context);
/// void attractor_free(void *memory);
/// const char *attractor_version(void);
/// </code>
/// Texts are UTF-8 and end with a zero. <c>progress</c> may be null; it is called about ten times a second from other threads, with null
/// or with how far a training is, and cancels by a value other than 0. The answer is a JSON object; where the value is not 0 its
/// <c>error</c> has a <c>code</c> and a <c>message</c>. The answer and the values of outputs are freed by <c>attractor_free</c>.
/// </remarks>
internal static unsafe class Exports
{
    private static readonly byte* s_version = Text(typeof(Exports).Assembly.GetName().Version!.ToString(3));

    /// <summary>Calls a function.</summary>
    /// <returns>0, or 1 where the work failed, 2 where the request did, 130 where it was cancelled.</returns>
    [UnmanagedCallersOnly(EntryPoint = "attractor_call")]
    public static int Call(
        byte* function,
        byte* settings,
        NativeArray* inputs,
        int inputCount,
        NativeArray* outputs,
        int outputCapacity,
        int* outputCount,
        byte** answer,
        delegate* unmanaged<byte*, void*, int> progress,
        void* context)
    {
        *outputCount = 0;
        *answer = null;
        JsonObject result;
        int code = 0;
        using NativeCall call = new(progress, context);
        try
        {
            call.Read(Marshal.PtrToStringUTF8((nint)settings), inputs, inputCount);
            result = NativeFunctions.Find(Marshal.PtrToStringUTF8((nint)function))(call);
            *outputCount = call.Write(outputs, outputCapacity);
            code = call.ExitCode;
            if (code != 0)
                result["error"] = Error(call.Failure ?? new(code, ErrorCode.Failed, "the work was done and came to nothing"));
        }
        catch (Exception e)
        {
            Failure failure = Failure.Of(e, NativeCall.NameOf);
            (code, result) = (failure.ExitCode, new() { ["error"] = Error(failure) });
        }
        *answer = Text(Encoding.UTF8.GetString(Json.Bytes(result)));
        return code;
    }

    /// <summary>Frees an answer, or the values of an output.</summary>
    [UnmanagedCallersOnly(EntryPoint = "attractor_free")]
    public static void Free(void* memory) => NativeMemory.Free(memory);

    /// <summary>The version, which is not to be freed.</summary>
    [UnmanagedCallersOnly(EntryPoint = "attractor_version")]
    public static byte* Version() => s_version;

    private static JsonObject Error(Failure failure) => new()
    {
        ["code"] = failure.Code,
        ["message"] = failure.Message,
        ["exit_code"] = failure.ExitCode,
    };

    private static byte* Text(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        byte* bytes = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, length));
        bytes[length] = 0;
        return bytes;
    }
}
