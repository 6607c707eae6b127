using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Sasaeai.Features.Shared;

var builder = WebApplication.CreateBuilder(args);
var showsPatterns = builder.Environment.IsDevelopment() || builder.Environment.IsEnvironment("Test");

builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
builder.Services.AddHttpContextAccessor();
builder.Services.AddScoped(services => new PageFrame("みほん市", "見本 花子", "みほん市社会福祉協議会（東部圏域）",
    TextSize.Of(services.GetRequiredService<IHttpContextAccessor>().HttpContext!.Request),
    [new("見本", "/patterns"), new("入力欄", "/patterns/form"), new("印刷", "/patterns/sheet")], IsStaff: true));
builder.Services
    .AddRazorPages(options =>
    {
        options.RootDirectory = "/Features";
        if (!showsPatterns)
        {
            options.Conventions.AddFolderRouteModelConvention("/Patterns", page => page.Selectors.Clear());
        }
    })
    .AddMvcOptions(JapaneseMessages.Use)
    .AddViewOptions(options => options.HtmlHelperOptions.ClientValidationEnabled = false);

var app = builder.Build();
app.UseStaticFiles();
app.MapRazorPages();
app.Run();

public partial class Program;
