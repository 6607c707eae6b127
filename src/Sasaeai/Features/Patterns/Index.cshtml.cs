using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sasaeai.Features.Patterns;

/// <summary>Every component on one page, to look at and to test. Only served in development and in tests.</summary>
[Microsoft.AspNetCore.Authorization.AllowAnonymous, Sasaeai.Web.PublishedOnly]
public class IndexModel : PageModel
{
    public void OnGet()
    {
    }

    public JsonResult OnGetSuggestions(string q) => new(
        new[] { ("ゴミ出し", "困りごと"), ("ゴミの分別の相談", "困りごと"), ("ふれあいサロン", "場所"), ("見守りの会", "団体") }
            .Where(word => word.Item1.Contains(q))
            .Select(word => new { text = word.Item1, kind = word.Item2 }));

    public ContentResult OnGetPlaces() => Content("""
        {
          "type": "FeatureCollection",
          "features": [
            { "type": "Feature", "properties": { "name": "東部圏域" },
              "geometry": { "type": "Polygon", "coordinates": [[[139.540, 35.850], [139.560, 35.848], [139.562, 35.866], [139.543, 35.868], [139.540, 35.850]]] } },
            { "type": "Feature", "properties": { "name": "西部圏域" },
              "geometry": { "type": "Polygon", "coordinates": [[[139.540, 35.850], [139.543, 35.868], [139.520, 35.867], [139.522, 35.851], [139.540, 35.850]]] } },
            { "type": "Feature", "properties": { "id": "1", "name": "ふれあいサロンみほん", "href": "#place-1", "note": "毎週火曜 10:00〜11:30" },
              "geometry": { "type": "Point", "coordinates": [139.549, 35.862] } },
            { "type": "Feature", "properties": { "id": "2", "name": "みほん東 助け合いの会", "href": "#place-2", "note": "家に来てもらうお手伝い" },
              "geometry": { "type": "Point", "coordinates": [139.530, 35.856] } }
          ]
        }
        """, "application/geo+json");
}
